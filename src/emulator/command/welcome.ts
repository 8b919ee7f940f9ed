import type { Emulator } from '../emulator.ts';
import { pickerUrl } from '../pages/index.ts';
import { DEFAULT_CLIENT_ID as CLIENT_ID, DEFAULT_CLIENT_SECRET as SECRET } from '../registry/index.ts';

/** The start-up text: where it is, who one can be, and what to tell a client library. */
export function welcome(emulator: Emulator): string {
  const { baseUrl, accounts, tenants } = emulator;
  const organisations = tenants.map((one) => `  ${one.id} ${one.domain} (${one.name})`);
  const people = accounts.map((one) => `  ${one.username} (${one.kind}) ${one.displayName}`);
  return [
    `The local emulator for Microsoft (not Microsoft) runs at ${baseUrl}`,
    'Ctrl-C ends it. docs/emulator.md tells what it can do.',
    '\nTenants',
    ...organisations,
    '\nAccounts (nobody has a password)',
    ...people,
    '\nThe account picker, in a browser',
    `  ${pickerUrl(baseUrl)}`,
    baseUrl.startsWith('https:') ? httpsClients(emulator) : httpClients(emulator),
    curlExample(emulator),
    '',
  ].join('\n');
}

function httpClients({ baseUrl }: Emulator): string {
  return `
MSAL Node
  const discovery = await fetch('${baseUrl}/common/v2.0/.well-known/openid-configuration');
  new ConfidentialClientApplication({ auth: { clientId: '${CLIENT_ID}', clientSecret: '${SECRET}',
    authority: 'https://login.microsoftonline.com/common', authorityMetadata: await discovery.text() } });
MSAL Python speaks https only: start this with --tls-cert and --tls-key`;
}

function httpsClients({ baseUrl }: Emulator): string {
  return `
MSAL Node (with NODE_EXTRA_CA_CERTS=your-certificate.pem)
  new ConfidentialClientApplication({ auth: { clientId: '${CLIENT_ID}', clientSecret: '${SECRET}',
    authority: '${baseUrl}/common', knownAuthorities: ['${new URL(baseUrl).host}'] } });
MSAL Python
  msal.ConfidentialClientApplication("${CLIENT_ID}", client_credential="${SECRET}",
      authority="${baseUrl}/common", instance_discovery=False, verify="your-certificate.pem")`;
}

function curlExample({ baseUrl, tenants }: Emulator): string {
  return `
curl
  curl -d client_id=${CLIENT_ID} -d client_secret=${SECRET} -d grant_type=client_credentials \\
    -d scope=https://graph.microsoft.com/.default ${baseUrl}/${tenants[0]?.domain}/oauth2/v2.0/token
  curl -H 'Authorization: Bearer TOKEN' '${baseUrl}/v1.0/users?$top=5'`;
}
