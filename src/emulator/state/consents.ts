import {
  type Account,
  type ApiScopes,
  type Asking,
  findResource,
  grantedOf,
  listedKeys,
  OIDC_SCOPES,
} from '../registry/index.ts';
import { createExpiringMap, type ExpiringMap } from './expiring-map.ts';

/** What people and organisations have let apps do, until a reset. */
export interface Consents {
  /** Everything the person may let this app do: own consent and the organisation's. */
  granted(account: Account, clientId: string): readonly string[];
  /** Adds to what a person, or an organisation, lets the app do. @param owner their id */
  grant(owner: string, clientId: string, scopes: readonly string[]): void;
  /** What a person, or an organisation, has let the app do, without what the other has. */
  givenBy(owner: string, clientId: string): readonly string[];
  /** Puts this in the place of what was given. */
  put(owner: string, clientId: string, given: readonly string[]): void;
  /** Application permissions of an API that the tenant has granted to the client. */
  applicationRoles(tenantId: string, api: ApiScopes, asking: Asking): readonly string[];
  clear(): void;
  /** What is remembered, to be kept and put back. */
  readonly memory: Pick<ExpiringMap<readonly string[]>, 'entries' | 'restore'>;
}

/** Stands in a tenant's consent for everything that the app is registered for. */
export const ALL_REGISTERED = '.default';

/** What one app may hold of one person or one organisation. */
const MAX_SCOPES = 1_000;

const WEEK_MS = 7 * 86_400_000;

/** Creates an empty memory of consents. */
export function createConsents(now: () => number, changed?: () => void): Consents {
  const scopesByKey = createExpiringMap<readonly string[]>({
    ...{ lifetimeMs: WEEK_MS, maxEntries: 20_000, now, changed },
  });
  const givenBy = (owner: string, clientId: string): readonly string[] =>
    scopesByKey.get(`${owner}/${clientId}`) ?? [];
  const put = (owner: string, clientId: string, scopes: readonly string[]): void =>
    scopesByKey.set(`${owner}/${clientId}`, [...new Set(scopes)].slice(-MAX_SCOPES));
  return {
    granted({ objectId, tenantId }, clientId) {
      const all = new Set([...givenBy(objectId, clientId), ...givenBy(tenantId, clientId)]);
      return [...all].filter((one) => one !== ALL_REGISTERED);
    },
    grant: (owner, clientId, scopes) => put(owner, clientId, [...givenBy(owner, clientId), ...scopes]),
    givenBy,
    put,
    applicationRoles(tenantId, api, asking) {
      const { registration: client } = asking;
      const assigned = grantedOf(api, givenBy(assignmentsOf(tenantId), client.clientId));
      const granted = givenBy(tenantId, client.clientId);
      if (!client.adminConsented && !granted.includes(ALL_REGISTERED)) return assigned;
      const listed = grantedOf(api, listedKeys(client.applicationPermissions, asking));
      const all = [...new Set([...listed, ...assigned])];
      return all.length === 0 && client.friendly ? rolesForApps(api, asking) : all;
    },
    clear: () => scopesByKey.clear(),
    memory: scopesByKey,
  };
}

/** Who gives application permissions one by one (`appRoleAssignments`), in place of a consent. */
export function assignmentsOf(tenantId: string): string {
  return `assignments in ${tenantId}`;
}

/** The scopes still to be consented to; OpenID ones count as one group once anything was granted. */
export function missingConsent(asked: readonly string[], granted: readonly string[]): readonly string[] {
  const all = new Set(granted);
  const isGranted = (scope: string): boolean =>
    all.has(scope) || (granted.length > 0 && OIDC_SCOPES.includes(scope));
  return asked.filter((scope) => !isGranted(scope));
}

/** What a friendly emulator gives an app that nobody registered: every role that the API has for apps. */
function rolesForApps(api: ApiScopes, { world, http }: Asking): readonly string[] {
  const roles = findResource(api.identifier, world, http.origin)?.registration?.appRoles ?? [];
  return roles.filter((role) => role.for.includes('applications')).map((role) => role.value);
}
