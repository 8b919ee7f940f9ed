/** Where clients look for Microsoft: sign-in, Graph and Azure Resource Manager, in its clouds (wire reference A5, H). */
export const MICROSOFT_HOSTS: readonly string[] = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'graph.microsoft.com',
  'graph.windows.net',
  'management.azure.com',
  'login-us.microsoftonline.com',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'microsoftgraph.chinacloudapi.cn',
  'login.microsoftonline.de',
];

/** Below these each region, and each tenant of External ID and of B2C, has a name of its own (wire reference I, K4). */
export const MICROSOFT_FAMILIES: readonly string[] = [
  '*.login.microsoft.com',
  '*.ciamlogin.com',
  '*.b2clogin.com',
];
