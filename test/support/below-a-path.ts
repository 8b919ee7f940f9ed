import type { RequestListener } from 'node:http';

/** A proxy that takes the path away under which it offers the app, as nginx does where `proxy_pass` ends with a slash. */
export const takingAway =
  (basePath: string) =>
  (app: RequestListener): RequestListener =>
  (request, response) => {
    if (!request.url?.startsWith(basePath)) {
      response.writeHead(404).end('somebody else’s');
      return;
    }
    request.url = request.url.slice(basePath.length).replace(/^(?!\/)/, '/');
    app(request, response);
  };
