import { isBlank } from '../../blank.ts';
import { isObject } from '../../json-object.ts';
/** A person of the directory, as far as `User.ReadBasic.All` shows one. Absent values are `undefined`. */
export interface DirectoryUser {
  id: string;
  displayName: string | undefined;
  givenName: string | undefined;
  surname: string | undefined;
  mail: string | undefined;
  userPrincipalName: string | undefined;
}

/** The properties that the app asks Graph for, as `$select`. */
export const DIRECTORY_USER_SELECT = 'id,displayName,givenName,surname,mail,userPrincipalName';

/** A GUID is the longest of them. */
export const MAX_USER_ID_CHARACTERS = 36;

/** Whether a text is the id of a user: a GUID, or the 16 hexadecimal digits of a personal account. */
export function isUserId(text: string): boolean {
  return /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16})$/i.test(text);
}

/** No honest value is longer; the rest of a longer one is cut before it reaches a page. */
const MAX_CHARACTERS = 1_000;

/**
 * Reads one row of a Graph response.
 * @returns undefined where the row is no user: not an object, or without an id
 */
export function readDirectoryUser(row: unknown): DirectoryUser | undefined {
  if (!isObject(row)) return undefined;
  const id = textOf(row.id);
  if (id === undefined) return undefined;
  return {
    id,
    displayName: textOf(row.displayName),
    givenName: textOf(row.givenName),
    surname: textOf(row.surname),
    mail: textOf(row.mail),
    userPrincipalName: textOf(row.userPrincipalName),
  };
}

/** A text that says something; undefined for any other value. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || isBlank(value)) return undefined;
  return value.length > MAX_CHARACTERS ? value.slice(0, MAX_CHARACTERS) : value;
}
