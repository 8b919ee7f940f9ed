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

/** What the emulator's pages are shown with, by path. */
export const ASSETS: Readonly<Record<string, () => HttpResponse>> = {
  '/_emulator/style.css': asset('text/css', STYLE),
  '/_emulator/post.js': asset('text/javascript', POST_SCRIPT),
  '/_emulator/leave.js': asset('text/javascript', LEAVE_SCRIPT),
  '/_emulator/copy.js': asset('text/javascript', COPY_SCRIPT),
};
