import type { Response } from 'express';

/**
 * Sends the browser on. Express's own `redirect` would pass a foreign target through and write it into a page.
 * @param location already judged: a path of this app, or an address of the identity platform
 */
export function redirect(response: Response, location: string): void {
  response.status(302).set('Location', location).end();
}
