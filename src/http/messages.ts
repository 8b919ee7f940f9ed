import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** The classes that Node's HTTP server makes its messages of. */
interface Messages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
}

/**
 * Messages that are born with the prototypes of an Express app. Of a plain message Express changes the prototype, and
 * V8 then takes each one for an object of a shape never seen before, whose properties it looks up the slow way.
 */
export function messagesOf(app: Express): Messages {
  class AppRequest extends IncomingMessage {}
  class AppResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
