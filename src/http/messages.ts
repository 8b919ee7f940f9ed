import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** The classes that Node's HTTP server makes its messages of. */
interface Messages {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
}

/** Classes of messages for an app that is still to be made. */
export function newMessages(): Messages {
  return {
    IncomingMessage: class extends IncomingMessage {},
    ServerResponse: class<Request extends IncomingMessage> extends ServerResponse<Request> {},
  };
}

/**
 * Messages that are born with the prototypes of an Express app. Of a plain message Express changes the prototype, and
 * V8 then takes each one for an object of a shape never seen before, whose properties it looks up the slow way: a tenth
 * of a home page (docs/performance.md).
 */
export function messagesOf(app: Express, messages = newMessages()): Messages {
  const [request, response] = [messages.IncomingMessage.prototype, messages.ServerResponse.prototype];
  Object.setPrototypeOf(request, app.request);
  Object.setPrototypeOf(response, app.response);
  Object.assign(app, { request, response });
  return messages;
}
