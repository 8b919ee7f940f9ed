/** One of Microsoft's clouds: its identity platform and its Graph. */
export interface Cloud {
  /** The identity platform's hosts, its main one first; the others are names of the same. */
  authorityHosts: readonly string[];
  /** What the hosts of External ID and Azure AD B2C end with. */
  customerDomains: readonly string[];
  /** Origins of Microsoft Graph, the usual one first; none where it is not public. */
  graphOrigins: readonly string[];
  /** The endpoints at its main host follow one pattern, so that nobody has to ask for them. */
  hasEndpointPattern: boolean;
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
    hasEndpointPattern: true,
  },
  {
    authorityHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    customerDomains: ['.b2clogin.us'],
    graphOrigins: ['https://graph.microsoft.us', 'https://dod-graph.microsoft.us'],
    hasEndpointPattern: true,
  },
  {
    authorityHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    customerDomains: ['.b2clogin.cn'],
    graphOrigins: ['https://microsoftgraph.chinacloudapi.cn'],
    hasEndpointPattern: true,
  },
  ...['fr', 'de', 'sg'].map((country) => ({
    authorityHosts: [`login.sovcloud-identity.${country}`],
    customerDomains: [],
    graphOrigins: [],
    hasEndpointPattern: false,
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

/** Whether what stands in front of a scope's name is Microsoft Graph, in whichever cloud. */
export function isGraphResource(resource: string): boolean {
  return resource === GRAPH_APP_ID || cloudOfGraph(resource) !== undefined;
}

/** The application id of Microsoft Graph, the same in every cloud. Source: Microsoft's page on first-party apps. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** Tenant of every personal Microsoft account. Source: Microsoft's page on ID-token claims. */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/**
 * The audience of tokens that stand in for a credential, which each cloud has of its own.
 * Source: Microsoft's page on managed identities as federated identity credentials.
 */
export function exchangeAudienceOf(host: string): string {
  const cloud = host.endsWith('.us') ? 'USGov' : host.endsWith('.cn') ? 'China' : '';
  return `api://AzureADTokenExchange${cloud}`;
}

/** Whether the endpoints of a host follow the pattern of its cloud. */
export function hasEndpointPattern(host: string): boolean {
  return CLOUDS.some((cloud) => cloud.hasEndpointPattern && cloud.authorityHosts[0] === host);
}

/** A host that is known by several names, by its main one. */
export function mainHostOf(host: string): string {
  const cloud = CLOUDS.find(({ authorityHosts }) => authorityHosts.includes(host));
  return cloud?.authorityHosts[0] ?? host;
}

/** Where the tenants of a cloud are known as organisations: B2C's and External ID's hosts are for their customers. */
export function organisationsHostOf(host: string): string {
  return cloudOfAuthority(host)?.authorityHosts[0] ?? host;
}

/** Whether a host is of directories of customers (External ID, Azure AD B2C), whose people sign in with anybody's addresses. */
export function isOfCustomers(host: string): boolean {
  const domains = CLOUDS.flatMap(({ customerDomains }) => customerDomains);
  return domains.some((domain) => host.toLowerCase().endsWith(domain));
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
