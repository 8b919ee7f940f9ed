import type { HttpResponse } from '../http/index.ts';
import { COPY_SCRIPT, LEAVE_SCRIPT, POST_SCRIPT, STYLE } from './style.ts';

function asset(type: string, body: string): () => HttpResponse {
  const headers = {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
  return () => ({ status: 200, headers, body });
}

/** GET /_emulator/style.css */
export const style = asset('text/css', STYLE);

/** GET /_emulator/post.js */
export const postScript = asset('text/javascript', POST_SCRIPT);

/** GET /_emulator/leave.js */
export const leaveScript = asset('text/javascript', LEAVE_SCRIPT);

/** GET /_emulator/copy.js */
export const copyScript = asset('text/javascript', COPY_SCRIPT);
