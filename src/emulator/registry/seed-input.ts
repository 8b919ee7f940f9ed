import type { AccountKind } from './accounts.ts';
import type { AccountTypes, GroupMembershipClaims } from './registrations.ts';

/** An account as a seed writes it; a username is enough. docs/emulator.md says what each member means. */
export interface AccountInput {
  username: string;
  kind?: AccountKind;
  displayName?: string;
  givenName?: string;
  surname?: string;
  jobTitle?: string | null;
  tenantId?: string;
  objectId?: string;
  homeTenantId?: string;
  homeObjectId?: string;
  /** Values of app roles. */
  roles?: string[];
  /** Names or object ids of groups. */
  groups?: string[];
  /** Names or template ids of directory roles. */
  directoryRoles?: string[];
  password?: string;
  needsSecondFactor?: boolean;
}

/** A group as a seed writes it. */
export interface GroupInput {
  displayName: string;
  id?: string;
  description?: string | null;
  kind?: 'security' | 'microsoft 365' | 'distribution';
  tenantId?: string;
  /** Usernames, names of groups, or object ids. */
  members?: string[];
}

type ClaimInput = string | { name: string; additionalProperties?: string[] | undefined };

/** An app registration as a seed writes it; a client id is enough. */
export interface RegistrationInput {
  clientId: string;
  name?: string;
  homeTenantId?: string;
  accountTypes?: AccountTypes;
  redirectUris?: string[];
  spaRedirectUris?: string[];
  logoutUri?: string;
  isPublic?: boolean;
  secrets?: { value: string; expiresAt?: string }[];
  /** PEM. */
  certificates?: string[];
  federatedCredentials?: {
    name?: string;
    issuer: string;
    subject: string;
    audience?: string | undefined;
    keys?: Record<string, unknown>[];
  }[];
  delegatedPermissions?: string[];
  applicationPermissions?: string[];
  adminConsented?: boolean;
  implicitIdTokens?: boolean;
  optionalClaims?:
    | ClaimInput[]
    | { idToken?: ClaimInput[] | undefined; accessToken?: ClaimInput[] | undefined }
    | undefined;
  identifierUris?: string[];
  scopes?: (string | { value: string; words?: string; adminOnly?: boolean })[];
  appRoles?: (
    | string
    | { value: string; id?: string; displayName?: string; for?: ('users' | 'applications')[] }
  )[];
  /** Of its access tokens; absent: 1, as in a fresh registration. */
  tokenVersion?: 1 | 2;
  isFamily?: boolean;
  assignedTo?: string[];
  groupMembershipClaims?: GroupMembershipClaims;
  assignmentRequired?: boolean;
  assignments?: { to: string; role?: string }[];
  /** Made by Graph, and without a service principal in its tenant. */
  lacksPrincipal?: boolean;
  /** A managed identity of Azure, which gets tokens without a credential. */
  managedIdentity?: { assigned: 'system' | 'user'; resourceId?: string };
}

/** A seed as it is written: accounts, registrations and the rest besides the built-in ones. */
export interface SeedInput {
  tenants?: { id: string; name: string; domain: string }[] | undefined;
  accounts?: AccountInput[] | undefined;
  registrations?: RegistrationInput[] | undefined;
  groups?: GroupInput[] | undefined;
  /** Responses of one's own, by path: `"/me/events"` or `"POST /me/sendMail"`. */
  graph?: Record<string, unknown> | undefined;
}
