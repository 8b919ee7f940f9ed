import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser, textOf } from './directory-user.ts';

/** A person of the directory with what only some permissions show. Absent values are `undefined`. */
export interface WholeUser extends DirectoryUser {
  jobTitle: string | undefined;
  department: string | undefined;
  officeLocation: string | undefined;
  businessPhones: readonly string[];
  mobilePhone: string | undefined;
  manager: DirectoryUser | undefined;
}

/** Any of these shows all of other people (Microsoft Graph: Get a user, List manager). */
const SHOWING_ALL = ['user.read.all', 'user.readwrite.all', 'directory.read.all', 'directory.readwrite.all'];

/** Whether a delegated permission, by its name or with Graph in front, shows more than the basics of other people. */
export function showsWholeUsers(scope: string): boolean {
  return SHOWING_ALL.includes(scope.slice(scope.lastIndexOf('/') + 1).toLowerCase());
}

/** Query of one such person. */
export const WHOLE_USER_QUERY = `$select=${DIRECTORY_USER_SELECT},jobTitle,department,officeLocation,businessPhones,mobilePhone&$expand=manager`;

/** Nobody has more. */
const MOST_PHONES = 5;

/** Reads one. @returns undefined for what is no user */
export function readWholeUser(row: unknown): WholeUser | undefined {
  const user = readDirectoryUser(row);
  if (user === undefined) return undefined;
  const more = row as Partial<Record<keyof WholeUser, unknown>>;
  const phones: unknown[] = Array.isArray(more.businessPhones) ? more.businessPhones : [];
  return {
    ...user,
    jobTitle: textOf(more.jobTitle),
    department: textOf(more.department),
    officeLocation: textOf(more.officeLocation),
    businessPhones: phones
      .map(textOf)
      .filter((phone) => phone !== undefined)
      .slice(0, MOST_PHONES),
    mobilePhone: textOf(more.mobilePhone),
    manager: readDirectoryUser(more.manager),
  };
}
