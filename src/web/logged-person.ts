import type { Request } from 'express';

/** What stands for a person in a line of the log. */
interface LoggedPerson {
  /** By the object id: the same as long as the account is there. */
  id: string;
  /** By the username, which an administrator has at hand. */
  name: string;
}

/** Makes names that always stand for the same person, and are nobody's without a secret. */
export interface Pseudonyms {
  ofObjectId(objectId: string): string;
  ofUsername(username: string): string;
}

/** Who asked, or whom the request signed in or out; undefined for a visitor. */
export function loggedPerson(request: Request, pseudonyms: Pseudonyms): LoggedPerson | undefined {
  // What is answered before anybody is known, such as a file, is nobody's.
  const { entra } = request as Partial<Pick<Request, 'entra'>>;
  if (entra?.sender === undefined) return undefined;
  const { objectId, username } = entra.sender;
  return { id: pseudonyms.ofObjectId(objectId), name: pseudonyms.ofUsername(username) };
}
