import type { ErrorCode } from '../errors.ts';
import type { DirectoryUser } from '../graph/users/directory-user.ts';
import type { ExportProgress } from './export/export-progress.ts';
import type { Appearance } from './layout/appearance.ts';
import type { PageSize } from './people/people-query.ts';

/** What kind of account somebody signed in with; a guest's home is another organisation. */
export type AccountKind = 'work' | 'guest' | 'personal';

/** The signed-in person as every page's header shows them. */
export interface Person {
  displayName: string;
  username: string;
  kind: AccountKind;
  /** Where they are signed in; for a guest, another organisation than their own. */
  tenantId: string;
  /** Of their own organisation, where the user name says it. */
  domain?: string | undefined;
}

/** What every page says in its footer: that a local stand-in answers, not Microsoft. */
export type Notice = 'standIn';

/** What surrounds every page. */
export interface Frame {
  /** A supported language tag, already negotiated. */
  language: string;
  /** Absent: signed out. */
  person?: Person;
  /** Path and query of this page (a safe local path), for the language switch. */
  path: string;
  notice?: Notice;
  /** How the pages shall look; absent: as the system prefers. */
  appearance?: Appearance;
}

export interface HomePage {
  /** For a signed-in person: when they signed in. */
  signedInAt?: Date;
}

/** Somebody of the directory. */
export interface PersonPage {
  person: DirectoryUser;
  /** The list that the person was chosen from. */
  listUrl: string;
}

/** The signed-in person's own profile, for a personal account that has no directory. */
export interface ProfilePage {
  profile: DirectoryUser;
}

export interface ExportPage {
  /** Whom to export, and by which name the export is followed: a query. */
  query: string;
  /** The list that the page was reached from. */
  listUrl: string;
  /** It was asked not to renew itself. */
  isStill: boolean;
  /** Absent: it has not begun. */
  progress?: ExportProgress;
}

export interface UsersPage {
  /** What was searched for; absent where everybody is listed. */
  search?: string;
  /** The search is longer than any name, and nobody was asked. */
  tooLong?: boolean;
  /** The search went by the beginnings of names and addresses only. */
  beginningsOnly?: boolean;
  /** People on a page. */
  top?: PageSize;
  /** Graph stopped answering before the page was full. */
  brokeOff?: boolean;
  people: DirectoryUser[];
  /** How many people there are in all, or match, where Graph said so. */
  total?: number;
  /** Which page of the list this is, where that is known. */
  page?: number;
  /** Where this page is; absent: where everybody's begins. */
  url?: string;
  /** Where the next page is; absent on the last one. */
  nextUrl?: string;
  /** Where the page before is; absent on the first one, and where that is not known. */
  previousUrl?: string;
  /** Where the first page is; absent when this is it. */
  firstUrl?: string;
  /** Why the list may not be whole: rows that were no users were left out, or the link to the next page was refused. */
  incomplete: boolean;
}

/** What the app asked for and what it got; never a token. */
export interface PermissionsPage {
  asked: readonly string[];
  granted: readonly string[];
  missing: readonly string[];
  /** When the access token ends. */
  expiresAt?: Date;
}

/** What went wrong. The words come from the code; the rest helps whoever has to be asked. */
export interface FailurePage {
  code: ErrorCode;
  status: number;
  /** `AADSTS65001` or a Graph error code. */
  upstreamCode?: string | undefined;
  /** The id under which the app's log (and the platform, which is sent the same one) knows this. */
  correlationId: string;
  /** The platform's own id where it gave another. */
  upstreamCorrelationId?: string | undefined;
  time: Date;
  retryAfterSeconds?: number | undefined;
  /** A safe local path to go back to after signing in or trying again. */
  returnTo: string;
  /** The ready link for an administrator, where consent is what is missing. */
  adminConsentUrl?: string | undefined;
  /** The app's own, for whoever has to register it. */
  redirectUri: string;
}
