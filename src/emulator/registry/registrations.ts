import { CONTOSO_ID } from './tenants.ts';

/** Whose accounts an app takes ("Supported account types"). */
type AccountTypes = 'single-tenant' | 'multi-tenant' | 'multi-tenant-and-personal' | 'personal';

/** A client secret; `expiresAt` is an ISO time. */
export interface Secret {
  readonly value: string;
  readonly expiresAt?: string;
  readonly keyId?: string;
  readonly displayName?: string;
}

/** Whose tokens are taken in place of a secret (workload identity). */
export interface FederatedCredential {
  /** Unique on the app; absent: the subject stands for it. */
  readonly name?: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** The issuer's public keys; without them they are fetched from the issuer, on this machine only. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[];
}

/** A delegated permission that an API offers. */
export interface ExposedScope {
  readonly value: string;
  /** What the consent page says it lets an app do. */
  readonly words: string;
  /** Whether only an administrator may consent to it. */
  readonly adminOnly: boolean;
}

/** A role that an API or app knows: people, groups and other apps can have it. */
export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  /** Whether people and groups can have it, or apps. */
  readonly for: readonly ('users' | 'applications')[];
}

/** Somebody, or everybody of a group, who may use an app. */
export interface Assignment {
  /** A username, or the name or id of a group. */
  readonly to: string;
  readonly role?: string;
}

/** Which groups tokens for an app or API name ("groupMembershipClaims" of the manifest). */
type GroupMembershipClaims = 'SecurityGroup' | 'ApplicationGroup' | 'DirectoryRole' | 'All';

/** A managed identity: `system` belongs to the machine, `user` is named by the caller; the id is Azure's. */
interface ManagedIdentity {
  readonly assigned: 'system' | 'user';
  readonly resourceId?: string;
}

/** An app registration. */
export interface Registration {
  readonly clientId: string;
  readonly name: string;
  readonly homeTenantId: string;
  readonly accountTypes: AccountTypes;
  readonly redirectUris: readonly string[];
  /** Redirect URIs of the type single-page application: their codes are redeemed by a page's own script. */
  readonly spaRedirectUris: readonly string[];
  readonly logoutUri?: string;
  /** A public client has no credential and may use the device code flow. */
  readonly isPublic: boolean;
  readonly secrets: readonly Secret[];
  /** PEM certificates whose keys may sign client assertions. */
  readonly certificates: readonly string[];
  readonly federatedCredentials: readonly FederatedCredential[];
  /** Delegated permissions listed in the registration: what `.default` means for a person. */
  readonly delegatedPermissions: readonly string[];
  /** Application permissions listed in the registration. */
  readonly applicationPermissions: readonly string[];
  /** Whether an administrator has consented to them already. */
  readonly adminConsented: boolean;
  readonly implicitIdTokens: boolean;
  /** Optional claims of ID tokens listed in the registration's manifest. */
  readonly optionalClaims: readonly string[];
  /** Optional claims of access tokens for this API; `name:property` for a claim with an additional property. */
  readonly accessTokenClaims: readonly string[];
  /** What other apps call this API by (App ID URIs). */
  readonly identifierUris: readonly string[];
  readonly scopes: readonly ExposedScope[];
  readonly appRoles: readonly AppRole[];
  /** The version of access tokens for this API; undefined is what the emulator was started with, else 1. */
  readonly tokenVersion?: 1 | 2;
  /** Whether it is one of Microsoft's own family of clients, whose refresh tokens are good for each other (`foci`). */
  readonly isFamily: boolean;
  /** Which groups its tokens name; undefined is none. */
  readonly groupMembershipClaims?: GroupMembershipClaims;
  /** Whether only those may use it who are assigned (AADSTS50105). */
  readonly assignmentRequired: boolean;
  /** Who may use it, and in which role. */
  readonly assignments: readonly Assignment[];
  /** Usernames that may use the app; undefined lets everybody. The short way to say `assignments`. */
  readonly assignedTo?: readonly string[];
  /** Whether it is a managed identity of Azure: the machine's own, or one that several machines share. */
  readonly managedIdentity?: ManagedIdentity;
  /** Made by Graph, and without the service principal that an app needs to be itself in its tenant. */
  readonly lacksPrincipal?: boolean;
  /** Accept any credential and any loopback redirect URI: nobody registered this app. */
  readonly friendly: boolean;
}

/** A registration as a seed may state it. */
type RegistrationSeed = Pick<Registration, 'clientId'> & Partial<Omit<Registration, 'friendly'>>;

/** The client id of our own web app when it has no tenant. */
export const DEFAULT_CLIENT_ID = '11111111-1111-4111-8111-111111111111';

/** Its secret: the strict emulator takes no other for it, the friendly one any. */
export const DEFAULT_CLIENT_SECRET = 'emulator-client-secret-not-for-production';

/**
 * Microsoft's own public client for command-line tools, which is in every tenant: "Microsoft Graph Command Line Tools", as
 * Microsoft's Graph PowerShell and CLI use it.
 */
const COMMAND_LINE_TOOLS: Registration = registration({
  clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  name: 'Microsoft Graph Command Line Tools',
  homeTenantId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  accountTypes: 'multi-tenant',
  isPublic: true,
  delegatedPermissions: [],
});

/** The apps of an emulator without a seed. */
export const REGISTRATIONS: readonly Registration[] = [
  registration({
    clientId: DEFAULT_CLIENT_ID,
    name: 'The web app on this machine',
    redirectUris: ['http://localhost:5000/getAToken', 'http://localhost:5000/'],
    secrets: [{ value: DEFAULT_CLIENT_SECRET }],
    applicationPermissions: ['User.Read.All'],
    adminConsented: true,
  }),
];

/** Completes a registration the way a new one in the portal starts. */
export function registration(seed: RegistrationSeed): Registration {
  return {
    name: seed.clientId,
    homeTenantId: CONTOSO_ID,
    accountTypes: 'multi-tenant-and-personal',
    redirectUris: [],
    spaRedirectUris: [],
    isPublic: false,
    secrets: [],
    certificates: [],
    federatedCredentials: [],
    delegatedPermissions: ['User.Read'],
    applicationPermissions: [],
    adminConsented: false,
    implicitIdTokens: false,
    optionalClaims: [],
    accessTokenClaims: [],
    identifierUris: [],
    scopes: [],
    appRoles: [],
    isFamily: false,
    assignmentRequired: false,
    assignments: [],
    friendly: false,
    ...seed,
  };
}

/** What an app that nobody registered may do as itself: all that the emulator has. */
const FRIENDLY_ROLES: readonly string[] = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Group.ReadWrite.All',
  'Application.ReadWrite.All',
  'Organization.Read.All',
  'Directory.Read.All',
];

/** What nobody could ask for without a manifest: the session that front-channel logout names (wire reference D). */
const FRIENDLY_CLAIMS: readonly string[] = ['sid'];

/** An app at a friendly emulator: any credential is good, and none. */
function madeFriendly(app: Registration): Registration {
  const optionalClaims = [...FRIENDLY_CLAIMS, ...app.optionalClaims];
  return { ...app, isPublic: true, implicitIdTokens: true, optionalClaims, friendly: true };
}

/** The registration that an unregistered client id gets where the emulator is friendly. */
export function friendlyRegistration(clientId: string): Registration {
  const seed = { clientId, name: `An app (${clientId})`, applicationPermissions: FRIENDLY_ROLES };
  return madeFriendly(registration({ ...seed, adminConsented: true }));
}

/** Finds an app: the registered one, made friendly unless `strict`; undefined when unknown and strict. */
export function findRegistration(
  clientId: string,
  known: readonly Registration[],
  strict: boolean,
): Registration | undefined {
  const found = [...known, COMMAND_LINE_TOOLS].find((one) => one.clientId === clientId);
  if (strict) return found;
  return found === undefined ? friendlyRegistration(clientId) : madeFriendly(found);
}
