/** The clouds by their hosts, the preferred one and the one for caches first (wire reference A5). */
export const CLOUDS: readonly (readonly [network: string, cache: string, aliases: readonly string[]])[] = [
  [
    'login.microsoftonline.com',
    'login.windows.net',
    ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  ],
  [
    'login.partner.microsoftonline.cn',
    'login.partner.microsoftonline.cn',
    ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
  ],
  ['login.microsoftonline.de', 'login.microsoftonline.de', ['login.microsoftonline.de']],
  [
    'login.microsoftonline.us',
    'login.microsoftonline.us',
    ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
  ],
  ['login-us.microsoftonline.com', 'login-us.microsoftonline.com', ['login-us.microsoftonline.com']],
];

/** Whether instance discovery knows a host: a cloud's, or the emulator's own. */
export function isKnownInstance(host: string, ownOrigin: string): boolean {
  return host === new URL(ownOrigin).host || CLOUDS.some(([, , aliases]) => aliases.includes(host));
}

/** The host that an issuer names: a cloud's preferred one, whatever alias or region was asked (wire reference K4). */
export function issuerHost(hostname: string): string {
  const withoutRegion = hostname.slice(hostname.indexOf('.') + 1);
  const cloud = CLOUDS.find(([, , aliases]) =>
    [hostname, withoutRegion].some((one) => aliases.includes(one)),
  );
  return cloud?.[0] ?? hostname;
}
