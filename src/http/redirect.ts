import type { Response } from 'express';
import { publicPath } from './base-path.ts';

/**
 * Sends the browser on. Express's own `redirect` would pass a foreign target through and write it into a page.
 * @param location already judged: a path of this app, or an address of the identity platform
 */
export function redirect(response: Response, location: string): void {
  const target = location.startsWith('/') ? publicPath(response.req, location) : location;
  response.status(302).set('Location', target).end();
}
