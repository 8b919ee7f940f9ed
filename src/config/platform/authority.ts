import {
  type Cloud,
  cloudOfAuthority,
  isB2c,
  isExternalId,
  mainHostOf,
  PERSONAL_TENANT,
} from '../../clouds.ts';
import { isGuid } from '../../guid.ts';
import { isLoopback } from '../../loopback.ts';
import { isPlaceholder, type SettingsReader } from '../sources/index.ts';

/** An identity platform as the settings name it. */
export interface AuthoritySetting {
  /** `https://host/tenant` by the platform's main host name, without a trailing slash. */
  url: string;
  /** Undefined for a domain that is not Microsoft's. */
  cloud: Cloud | undefined;
  /** An emulator on this machine. */
  isLocal: boolean;
}

/** In place of one that cannot be read. */
export const UNKNOWN_AUTHORITY: AuthoritySetting = {
  url: 'https://unknown.invalid',
  cloud: undefined,
  isLocal: false,
};

/** What differs between the programs. */
interface AuthorityRules<Name extends string> {
  name: Name;
  /** `one`: an app on its own has an identity in a single tenant. `unjudged`: its path is what it is. */
  tenants: 'any' | 'one' | 'unjudged';
  /** Its domain may be anybody's, although its owner gets the client secret. */
  isCustomDomain: boolean;
  /** How the settings say so. */
  customDomain: string;
  production: boolean;
  example: string;
}

const MANY_TENANTS = ['common', 'organizations', 'consumers', PERSONAL_TENANT];
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;
const USER_FLOW = /^b2c_1a?_[\w-]+$/i;

/** Reads an authority, and notes what is wrong with it. */
export function readAuthority<Name extends string>(
  read: SettingsReader<Name>,
  given: string,
  rules: AuthorityRules<Name>,
): AuthoritySetting {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const rule = ruleBrokenBy(given, url, rules);
  if (rule !== undefined) read.problem(rules.name, rule);
  if (url === undefined || url.host === '') return UNKNOWN_AUTHORITY;
  const path = pathOf(url).join('/');
  return {
    url: `${url.protocol}//${mainHostOf(url.host)}${path === '' ? '' : `/${path}`}`,
    cloud: cloudOfAuthority(url.hostname),
    isLocal: isLoopback(url.hostname),
  };
}

/** Segments, the last of which is not empty. */
function pathOf({ pathname }: URL): string[] {
  return pathname.replace(/\/+$/, '').split('/').slice(1);
}

function ruleBrokenBy(
  given: string,
  url: URL | undefined,
  rules: AuthorityRules<string>,
): string | undefined {
  if (isPlaceholder(given)) return 'still holds a placeholder: put your tenant there';
  if (url === undefined) return `must be an https address such as ${rules.example}`;
  if (/[?#]/.test(given) || url.username || url.password) {
    return 'must not hold a query, a fragment or a user name';
  }
  return hostRule(url, rules) ?? (rules.tenants === 'unjudged' ? undefined : pathRule(url, rules));
}

function hostRule({ protocol, hostname, port }: URL, rules: AuthorityRules<string>): string | undefined {
  if (isLoopback(hostname) && /^https?:$/.test(protocol)) {
    return rules.production
      ? 'must not be on this machine when NODE_ENV is production: an emulator knows no passwords'
      : undefined;
  }
  if (protocol !== 'https:') return `must be an https address such as ${rules.example}`;
  if (cloudOfAuthority(hostname) !== undefined) {
    return port === '' ? undefined : "must be without a port: Microsoft's hosts have none";
  }
  return rules.isCustomDomain
    ? undefined
    : `must be of a host of Microsoft's, as in ${rules.example}; ${rules.customDomain}`;
}

function pathRule(url: URL, rules: AuthorityRules<string>): string | undefined {
  const path = pathOf(url);
  const flowIsTaken = isB2c(url.hostname) || rules.isCustomDomain;
  const [tenant = '', flow, ...more] = flowIsTaken && path[0] === 'tfp' ? path.slice(1) : path;
  if (tenant === '' && path.length === 0 && isExternalId(url.hostname)) return undefined;
  if (rules.tenants === 'one' && MANY_TENANTS.includes(tenant.toLowerCase())) {
    return 'must end with one tenant: an app has an identity of its own in each tenant, and common, organizations and consumers name none';
  }
  if (!isTenant(tenant)) return `must end with ${TENANTS[rules.tenants]}`;
  if (flow === undefined || (flowIsTaken && USER_FLOW.test(flow) && more.length === 0)) return undefined;
  return `must end with the tenant, without what comes after it, as in ${rules.example}`;
}

const TENANTS = {
  any: 'common, organizations, consumers, a tenant id or a tenant name',
  one: 'a tenant id or a tenant name such as contoso.onmicrosoft.com',
  unjudged: 'a tenant',
} as const;

function isTenant(segment: string): boolean {
  return MANY_TENANTS.includes(segment.toLowerCase()) || isGuid(segment) || DOMAIN.test(segment);
}

/**
 * Whether an authority is one tenant of an organisation: an app has an identity of its own in each, and Azure's services
 * know none of those in customers' directories.
 */
export function isOneOrganisation(authority: string): boolean {
  const { hostname, pathname } = new URL(authority);
  const [, tenant = ''] = pathname.toLowerCase().split('/');
  const isPlatform =
    isLoopback(hostname) || cloudOfAuthority(hostname)?.authorityHosts.includes(hostname) === true;
  return isPlatform && tenant !== '' && !MANY_TENANTS.includes(tenant);
}
