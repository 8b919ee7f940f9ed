import type { ServerResponse } from 'node:http';

/** Takes out of a response what was said of a cookie so far. */
export function leaveOutCookie(response: ServerResponse, name: string): void {
  const lines = [response.getHeader('Set-Cookie') ?? []].flat().map(String);
  const others = lines.filter((line) => !line.startsWith(`${name}=`));
  if (others.length < lines.length) response.setHeader('Set-Cookie', others);
}
