import type { Emulator } from '../emulator.ts';
import { pickerUrl } from '../pages/index.ts';
import {
  DEFAULT_CLIENT_ID as CLIENT_ID,
  MICROSOFT_HOSTS,
  DEFAULT_CLIENT_SECRET as SECRET,
} from '../registry/index.ts';
import type { Flags } from './flags.ts';

/** The start-up text: where it is, who one can be, and what to tell a client library. */
export function welcome(emulator: Emulator, { asMicrosoft, allowHost }: Flags): string {
  const { baseUrl, accounts, tenants } = emulator;
  const organisations = tenants.map((one) => `  ${one.id} ${one.domain} (${one.name})`);
  const people = accounts.map((one) => `  ${one.username} (${one.kind}) ${one.displayName}`);
  return [
    `The local emulator for Microsoft (not Microsoft) runs at ${baseUrl}`,
    'Ctrl-C ends it. docs/emulator.md tells what it can do.',
    ...trustLines(emulator),
    ...(asMicrosoft === true ? hostsLines(allowHost) : []),
    '\nTenants',
    ...organisations,
    '\nAccounts (nobody has a password)',
    ...people,
    '\nThe start page, with snippets for each language, is at the address above. The account picker, in a browser',
    `  ${pickerUrl(baseUrl)}`,
    asMicrosoft === true ? microsoftClients() : clients(emulator),
    curlExample(emulator, asMicrosoft === true ? 'https://login.microsoftonline.com' : baseUrl),
    '',
  ].join('\n');
}

/** Which variable each language reads; nothing is to be put among what a system trusts. */
const READ_BY: Readonly<Record<string, string>> = {
  NODE_EXTRA_CA_CERTS: 'Node',
  REQUESTS_CA_BUNDLE: 'Python: requests, MSAL',
  SSL_CERT_FILE: 'Python: ssl, httpx; Go; Ruby; PHP',
  CURL_CA_BUNDLE: 'curl',
  JAVA_TOOL_OPTIONS: 'Java',
};

function trustLines(emulator: Emulator): readonly string[] {
  const variables = Object.entries(emulator.environment()).filter(([name]) => name in READ_BY);
  if (variables.length === 0) return [];
  return [
    '\nIts certificate is trusted where one of these is set, in that shell only. But for Node’s they stand in for the',
    'system’s own authorities, so that nothing else is trusted there. Never add it to what your system trusts.',
    ...variables.map(([name, value]) => `  export ${name}=${quoted(value)}   # ${READ_BY[name]}`),
  ];
}

function quoted(value: string): string {
  return /^[\w./=:-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

function hostsLines(allowed: readonly string[]): readonly string[] {
  return [
    '\nClients find it where these lines stand in the hosts file of a container or a namespace. In that of your machine they',
    'cut you off from Microsoft until you take them out.',
    ...[...MICROSOFT_HOSTS, ...allowed].map((host) => `  127.0.0.1 ${host}`),
  ];
}

function microsoftClients(): string {
  return `
Any client as it is, at its usual authority, with CLIENT_ID ${CLIENT_ID}
  and CLIENT_SECRET ${SECRET}`;
}

function clients(emulator: Emulator): string {
  return emulator.baseUrl.startsWith('https:') ? httpsClients(emulator) : httpClients(emulator);
}

function httpClients({ baseUrl }: Emulator): string {
  return `
MSAL Node
  const discovery = await fetch('${baseUrl}/common/v2.0/.well-known/openid-configuration');
  new ConfidentialClientApplication({ auth: { clientId: '${CLIENT_ID}', clientSecret: '${SECRET}',
    authority: 'https://login.microsoftonline.com/common', authorityMetadata: await discovery.text() } });
MSAL Python speaks https only: start this with --https`;
}

function httpsClients({ baseUrl }: Emulator): string {
  return `
MSAL Node
  new ConfidentialClientApplication({ auth: { clientId: '${CLIENT_ID}', clientSecret: '${SECRET}',
    authority: '${baseUrl}/common', knownAuthorities: ['${new URL(baseUrl).host}'] } });
MSAL Python
  msal.ConfidentialClientApplication("${CLIENT_ID}", client_credential="${SECRET}",
      authority="${baseUrl}/common", instance_discovery=False)`;
}

function curlExample({ tenants }: Emulator, origin: string): string {
  const graph = origin.replace('login.microsoftonline.com', 'graph.microsoft.com');
  return `
curl
  curl -d client_id=${CLIENT_ID} -d client_secret=${SECRET} -d grant_type=client_credentials \\
    -d scope=https://graph.microsoft.com/.default ${origin}/${tenants[0]?.domain}/oauth2/v2.0/token
  curl -H 'Authorization: Bearer TOKEN' '${graph}/v1.0/users?$top=5'`;
}
