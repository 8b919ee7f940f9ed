import { PERSONAL_TENANT_ID } from './tenants.ts';

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
}

/** An account as a seed may state it: what is left out is derived. */
export type AccountSeed = Pick<Account, 'username' | 'kind' | 'displayName' | 'tenantId' | 'objectId'> &
  Partial<Account>;

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const TAILSPIN = 'c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32';

/** The people of an emulator without a seed. Add one here and it is on the picker and in its directory. */
export const ACCOUNTS: readonly Account[] = [
  account({
    username: 'adele.vance@contoso.example',
    kind: 'work',
    displayName: 'Adele Vance',
    jobTitle: 'Retail Manager',
    tenantId: CONTOSO,
    objectId: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01',
  }),
  account({
    username: 'nia.okafor@contoso.example',
    kind: 'admin',
    displayName: 'Nia Okafor',
    jobTitle: 'IT Administrator',
    tenantId: CONTOSO,
    objectId: '1b7e2d63-2e4c-4c68-8a6f-7a3d9a1c8b02',
  }),
  account({
    username: 'jonas.lindqvist@tailspin.example',
    kind: 'guest',
    displayName: 'Jonas Lindqvist',
    tenantId: CONTOSO,
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
  const [givenName = seed.displayName, ...rest] = seed.displayName.split(' ');
  return {
    givenName,
    surname: rest.join(' '),
    jobTitle: null,
    homeTenantId: seed.tenantId,
    homeObjectId: seed.objectId,
    ...seed,
  };
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
