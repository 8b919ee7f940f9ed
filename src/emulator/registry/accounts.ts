import { guidFor } from '../http/index.ts';
import { CONTOSO_ID, PERSONAL_TENANT_ID } from './tenants.ts';

/** What sort of person an account is; the word stands on the account's button. */
export type AccountKind = 'work' | 'admin' | 'guest' | 'other organisation' | 'personal';

/** Somebody to sign in as. */
export interface Account {
  readonly username: string;
  readonly kind: AccountKind;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly jobTitle: string | null;
  /** The tenant that the tokens name, and the object there (`tid`, `oid`). */
  readonly tenantId: string;
  readonly objectId: string;
  /** Where the account comes from (`utid`, `uid` of client_info): other than above for guests only. */
  readonly homeTenantId: string;
  readonly homeObjectId: string;
  /** App roles, at every app and API that knows them (wire reference K2). */
  readonly roles: readonly string[];
  /** Groups by display name or id; one that there is not yet is made. */
  readonly groups: readonly string[];
  /** Roles in the directory, by their template ids (`wids`; wire reference K2). */
  readonly directoryRoles: readonly string[];
  /** The only password that is taken where somebody sends one; any, where there is none. */
  readonly password?: string;
  /** Whether a password alone does not do (AADSTS50076). */
  readonly needsSecondFactor?: boolean;
}

/** Directory roles that people give names to, by template id (Microsoft's page of built-in roles). */
export const DIRECTORY_ROLES: Readonly<Record<string, string>> = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Groups Administrator': 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  'Cloud Application Administrator': '158c047a-c907-4556-b7ef-446551a6b5f7',
  'Directory Readers': '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  'Directory Writers': '9360feb5-f418-4baa-8175-e2a00bac4301',
};

/** An account as a seed may state it: what is left out is derived. */
type AccountSeed = Pick<Account, 'username' | 'tenantId'> & Partial<Account>;

const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const TAILSPIN = 'c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32';

/** The people of an emulator without a seed. Add one here and it is on the picker and in its directory. */
export const ACCOUNTS: readonly Account[] = [
  account({
    username: 'adele.vance@contoso.example',
    kind: 'work',
    displayName: 'Adele Vance',
    jobTitle: 'Retail Manager',
    tenantId: CONTOSO_ID,
    objectId: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01',
  }),
  account({
    username: 'nia.okafor@contoso.example',
    kind: 'admin',
    displayName: 'Nia Okafor',
    jobTitle: 'IT Administrator',
    tenantId: CONTOSO_ID,
    objectId: '1b7e2d63-2e4c-4c68-8a6f-7a3d9a1c8b02',
  }),
  account({
    username: 'jonas.lindqvist@tailspin.example',
    kind: 'guest',
    displayName: 'Jonas Lindqvist',
    tenantId: CONTOSO_ID,
    objectId: '2c8f3e74-3f5d-4d79-9b70-8b4eab2d9c03',
    homeTenantId: TAILSPIN,
    homeObjectId: '3d904f85-406e-4e8a-8c81-9c5fbc3ead04',
  }),
  account({
    username: 'priya.raman@fabrikam.example',
    kind: 'other organisation',
    displayName: 'Priya Raman',
    jobTitle: 'Analyst',
    tenantId: FABRIKAM,
    objectId: '4ea15096-517f-4f9b-9d92-ad60cd4fbe05',
  }),
  account({
    username: 'sam.rivera@mailbox.example',
    kind: 'personal',
    displayName: 'Sam Rivera',
    tenantId: PERSONAL_TENANT_ID,
    objectId: '00000000-0000-0000-5fb2-61a7628fcd06',
  }),
];

/** Completes an account: names from the display name, home from where it is unless it says otherwise. */
export function account(seed: AccountSeed): Account {
  const { displayName = nameFrom(seed.username), kind = 'work', objectId = objectIdFor(seed) } = seed;
  const [givenName = displayName, ...rest] = displayName.split(' ');
  return {
    kind,
    displayName,
    objectId,
    givenName,
    surname: rest.join(' '),
    jobTitle: null,
    homeTenantId: seed.tenantId,
    homeObjectId: objectId,
    roles: [],
    groups: [],
    directoryRoles: kind === 'admin' ? Object.values(DIRECTORY_ROLES).slice(0, 1) : [],
    ...seed,
  };
}

/** "Ada Lovelace" for ada.lovelace@contoso.example. */
function nameFrom(username: string): string {
  const words = (username.split('@')[0] ?? '').split(/[._-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || username;
}

/** The same each time; that of a personal account has its form (wire reference C5). */
function objectIdFor({ username, tenantId }: AccountSeed): string {
  const id = guidFor(`account ${username} in ${tenantId}`);
  return tenantId === PERSONAL_TENANT_ID ? `00000000-0000-0000-${id.slice(19)}` : id;
}

/** Whether this is a personal account: the tenant decides, nothing else. */
export function isPersonal(one: Pick<Account, 'tenantId'>): boolean {
  return one.tenantId === PERSONAL_TENANT_ID;
}

/** Whether the account lives in another tenant than the one it signs in to. */
export function isGuest(one: Account): boolean {
  return one.tenantId !== one.homeTenantId;
}

/** The account's name in its directory; a guest's has the form of wire reference G2. */
export function userPrincipalName(one: Account, domain: string): string {
  return isGuest(one) ? `${one.username.replace('@', '_')}#EXT#@${domain}` : one.username;
}

/** The opaque value of the `login_hint` claim: what `logout_hint` brings back (wire reference D). */
export function loginHintOf(one: Account): string {
  return `O.${Buffer.from(`${one.homeTenantId}${one.homeObjectId}`.replaceAll('-', ''), 'hex').toString('base64url')}`;
}

/** The account that a login_hint or logout_hint means: a username or the opaque claim. */
export function accountByHint(hint: string, accounts: readonly Account[]): Account | undefined {
  return accounts.find((one) => one.username === hint.toLowerCase() || loginHintOf(one) === hint);
}

/** The account with this username. */
export function accountByUsername(username: string, accounts: readonly Account[]): Account | undefined {
  return accounts.find((one) => one.username === username);
}
