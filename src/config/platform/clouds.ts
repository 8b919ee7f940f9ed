/** One of Microsoft's clouds: its identity platform and its Graph. */
export interface Cloud {
  /** The identity platform's hosts, its main one first; the others are names of the same. */
  authorityHosts: readonly string[];
  /** What the hosts of External ID and Azure AD B2C end with. */
  customerDomains: readonly string[];
  /** Origins of Microsoft Graph, the usual one first; none where it is not public. */
  graphOrigins: readonly string[];
}

/**
 * From Microsoft's pages on national clouds and from the identity platform's own instance discovery. The newest sovereign
 * clouds have no published Graph address.
 */
const CLOUDS: readonly Cloud[] = [
  {
    authorityHosts: [
      'login.microsoftonline.com',
      'login.windows.net',
      'login.microsoft.com',
      'sts.windows.net',
    ],
    customerDomains: ['.ciamlogin.com', '.b2clogin.com'],
    graphOrigins: ['https://graph.microsoft.com'],
  },
  {
    authorityHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    customerDomains: ['.b2clogin.us'],
    graphOrigins: ['https://graph.microsoft.us', 'https://dod-graph.microsoft.us'],
  },
  {
    authorityHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    customerDomains: ['.b2clogin.cn'],
    graphOrigins: ['https://microsoftgraph.chinacloudapi.cn'],
  },
  ...['fr', 'de', 'sg'].map((country) => ({
    authorityHosts: [`login.sovcloud-identity.${country}`],
    customerDomains: [],
    graphOrigins: [],
  })),
];

/** The cloud of an identity platform's host; undefined for a host that is not Microsoft's. */
export function cloudOfAuthority(host: string): Cloud | undefined {
  return CLOUDS.find(
    ({ authorityHosts, customerDomains }) =>
      authorityHosts.includes(host) || customerDomains.some((domain) => host.endsWith(domain)),
  );
}

/** The cloud of an origin of Microsoft Graph. */
export function cloudOfGraph(origin: string): Cloud | undefined {
  return CLOUDS.find(({ graphOrigins }) => graphOrigins.includes(origin));
}

/** A host that is known by several names, by its main one. */
export function mainHostOf(host: string): string {
  const cloud = CLOUDS.find(({ authorityHosts }) => authorityHosts.includes(host));
  return cloud?.authorityHosts[0] ?? host;
}

/** Whether a host is External ID's, which needs no tenant in the path. */
export function isExternalId(host: string): boolean {
  return host.endsWith('.ciamlogin.com');
}

/** Whether a host is Azure AD B2C's, whose paths name a user flow. */
export function isB2c(host: string): boolean {
  return /\.b2clogin\.(com|us|cn)$/.test(host);
}

/** Graph of the global cloud, and of every authority that is of no other. */
export const GLOBAL_GRAPH = 'https://graph.microsoft.com';
