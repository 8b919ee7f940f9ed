import type { Request, RequestHandler } from 'express';
import type { Pseudonyms, Sessions } from '../sessions/index.ts';
import type { SignedIn } from '../sign-in/index.ts';

declare module 'express-serve-static-core' {
  interface Locals {
    /** Whose session the request came with: a request that signs them out was theirs. */
    account?: SignedIn['account'];
  }
}

/** What stands for a person in a line of the log. */
interface LoggedPerson {
  /** By the object id: the same as long as the account is there. */
  id: string;
  /** By the username, which an administrator has at hand. */
  name: string;
}

/** Remembers who asks, before a response ends their session. */
export function rememberPerson(sessions: Sessions<SignedIn>): RequestHandler {
  return (request, response, next) => {
    const account = sessions.of(request)?.content.account;
    if (account !== undefined) response.locals.account = account;
    next();
  };
}

/** Who asked, or whom the request signed in; undefined for a visitor. */
export function loggedPerson(
  request: Request,
  sessions: Sessions<SignedIn>,
  pseudonyms: Pseudonyms,
): LoggedPerson | undefined {
  const account = sessions.of(request)?.content.account ?? request.res?.locals.account;
  if (account === undefined) return undefined;
  return { id: pseudonyms.ofObjectId(account.objectId), name: pseudonyms.ofUsername(account.username) };
}
