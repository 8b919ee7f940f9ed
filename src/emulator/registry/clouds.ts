/** A cloud by the hosts of its sign-in, the preferred one first; `cache` is the one for caches, where it is another. */
interface Cloud {
  readonly aliases: readonly [string, ...string[]];
  readonly cache?: string;
}

/** The clouds (wire reference A5). */
export const CLOUDS: readonly Cloud[] = [
  {
    aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    cache: 'login.windows.net',
  },
  { aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'] },
  { aliases: ['login.microsoftonline.de'] },
  { aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'] },
  { aliases: ['login-us.microsoftonline.com'] },
];

/** Hosts of Microsoft Graph in the clouds (wire reference H). */
export const GRAPH_HOSTS = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
];

/** Where clients look for Microsoft: sign-in, Graph and Azure Resource Manager, in its clouds. */
export const MICROSOFT_HOSTS: readonly string[] = [
  ...CLOUDS.flatMap(({ aliases }) => aliases),
  ...GRAPH_HOSTS,
  'graph.windows.net',
  'management.azure.com',
];

/** Below these each region, and each tenant of External ID and of B2C, has a name of its own (wire reference I, K4). */
export const MICROSOFT_FAMILIES = ['*.login.microsoft.com', '*.ciamlogin.com', '*.b2clogin.com'];

/** Whether instance discovery knows a host: a cloud's, or the emulator's own. */
export function isKnownInstance(host: string, ownOrigin: string): boolean {
  return host === new URL(ownOrigin).host || CLOUDS.some(({ aliases }) => aliases.includes(host));
}

/** The host that an issuer names: a cloud's preferred one, whatever alias or region was asked (wire reference K4). */
export function issuerHost(hostname: string): string {
  const withoutRegion = hostname.slice(hostname.indexOf('.') + 1);
  const cloud = CLOUDS.find(({ aliases }) => [hostname, withoutRegion].some((one) => aliases.includes(one)));
  return cloud?.aliases[0] ?? hostname;
}
