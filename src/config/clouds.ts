import { readOrigin } from './place.ts';
import { GUID, isLoopback, PLACEHOLDER, type VariableReader } from './variables.ts';

/**
 * Microsoft Graph's origin for each authority host, from Microsoft's pages on national clouds.
 * The newest sovereign clouds have no published Graph host: there, GRAPH_ENDPOINT has to say it.
 */
const GRAPH_OF_AUTHORITY: Readonly<Record<string, string>> = {
  'login.microsoftonline.com': 'https://graph.microsoft.com',
  'login.microsoftonline.us': 'https://graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
};
const GRAPH_ORIGINS = new Set([...Object.values(GRAPH_OF_AUTHORITY), 'https://dod-graph.microsoft.us']);
const SOVEREIGN_AUTHORITY = /^login\.sovcloud-identity\.(fr|de|sg)$/;

/** Other names of one and the same identity platform. Source: the platform's own instance discovery. */
const AUTHORITY_ALIASES: Readonly<Record<string, string>> = {
  'login.windows.net': 'login.microsoftonline.com',
  'login.microsoft.com': 'login.microsoftonline.com',
  'sts.windows.net': 'login.microsoftonline.com',
  'login.usgovcloudapi.net': 'login.microsoftonline.us',
  'login.chinacloudapi.cn': 'login.partner.microsoftonline.cn',
};

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

/** `https://host/tenant`, by the platform's main host name. */
export function readAuthority(read: VariableReader): string {
  const fallback = 'https://login.microsoftonline.com/common';
  const given = read.text('AUTHORITY') ?? fallback;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (PLACEHOLDER.test(given) || url?.protocol !== 'https:') {
    read.problem('AUTHORITY', 'must be an https address such as https://login.microsoftonline.com/common');
    return fallback;
  }
  if (url.search || url.hash || url.username || url.password) {
    read.problem('AUTHORITY', 'must not hold a query, a fragment or a user name');
  }
  const path = url.pathname.replace(/\/+$/, '').toLowerCase();
  if (!isTenantPath(url, path.split('/').slice(1))) {
    read.problem('AUTHORITY', 'must end with common, organizations, consumers, a tenant id or a tenant name');
  }
  return `https://${AUTHORITY_ALIASES[url.host] ?? url.host}${path}`;
}

/** Only Azure AD B2C has more than a tenant there: the name of a user flow, and `tfp` in front if one likes. */
function isTenantPath({ host }: URL, path: string[]): boolean {
  const [tenant = '', ...more] = path[0] === 'tfp' && path.length > 2 ? path.slice(1) : path;
  if (tenant === '') return isCiam(host);
  const isMicrosofts = host in GRAPH_OF_AUTHORITY || host in AUTHORITY_ALIASES;
  return isTenantName(tenant) && (more.length === 0 || !isMicrosofts);
}

function isTenantName(name: string): boolean {
  return /^(common|organizations|consumers)$/i.test(name) || GUID.test(name) || DOMAIN.test(name);
}

function isCiam(hostname: string): boolean {
  return hostname.endsWith('.ciamlogin.com');
}

/** Origin of Microsoft Graph in the cloud of an authority. */
export function readGraphEndpoint(read: VariableReader, authorityHost: string): string {
  const known = GRAPH_OF_AUTHORITY[authorityHost] ?? 'https://graph.microsoft.com';
  const sovereign = SOVEREIGN_AUTHORITY.test(authorityHost);
  const given = readOrigin(read, 'GRAPH_ENDPOINT');
  if (given === undefined) {
    if (sovereign)
      read.problem('GRAPH_ENDPOINT', 'must be set for this cloud, whose Graph address is not public');
    return known;
  }
  if (!sovereign && !GRAPH_ORIGINS.has(given) && !isLoopback(new URL(given).hostname)) {
    read.problem(
      'GRAPH_ENDPOINT',
      'must be the address of Microsoft Graph, such as https://graph.microsoft.com',
    );
  }
  return given;
}
