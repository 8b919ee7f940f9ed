import type { Appearance } from './appearance.ts';

/** What kind of account somebody signed in with; a guest's home is another organisation. */
type AccountKind = 'work' | 'guest' | 'personal';

/** The signed-in person as every page's header shows them. */
export interface Person {
  displayName: string;
  username: string;
  kind: AccountKind;
  /** Where they are signed in; for a guest, another organisation than their own. */
  tenantId: string;
  /** Whose photo stands in the header; absent where the account has no directory. */
  objectId?: string | undefined;
  /** Of their own organisation, where the user name says it. */
  domain?: string | undefined;
}

/** What every page says in its footer: that a local emulator answers, not Microsoft. */
export type Notice = 'emulator';

/** What surrounds every page. */
export interface Frame {
  /** A supported language tag, already negotiated. */
  language: string;
  /** Absent: signed out. */
  person?: Person;
  /** Path and query of this page (a safe local path), for the language switch. */
  path: string;
  notice?: Notice;
  /** How the pages look; absent: as the system prefers. */
  appearance?: Appearance;
}
