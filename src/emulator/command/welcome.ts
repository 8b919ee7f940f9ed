import type { Emulator } from '../emulator.ts';
import { MICROSOFT_FAMILIES, MICROSOFT_HOSTS } from '../registry/index.ts';
import { pickerUrl, snippetsFor } from '../start/index.ts';
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
    ...settingLines(emulator),
    '\nTenants',
    ...organisations,
    '\nAccounts (nobody has a password)',
    ...people,
    '\nThe start page, with snippets for each language, is at the address above. The account picker, in a browser',
    `  ${pickerUrl(baseUrl)}`,
    ...snippetLines(asMicrosoft === true ? MICROSOFT : baseUrl),
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

/** What an app with this package reads from its environment. */
function settingLines(emulator: Emulator): readonly string[] {
  const settings = Object.entries(emulator.environment()).filter(([name]) => !(name in READ_BY));
  return [
    '\nSettings of an app with this package, in its shell',
    ...settings.map(([name, value]) => `  export ${name}=${quoted(value)}`),
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
    `and one of your own for each region or tenant that you use: ${MICROSOFT_FAMILIES.join(', ')}`,
  ];
}

const MICROSOFT = 'https://login.microsoftonline.com';
/** What most people want; the start page has the others. */
const IN_TERMINAL = ['node', 'python', 'curl'];

function snippetLines(origin: string): readonly string[] {
  return snippetsFor(origin)
    .filter(({ id }) => IN_TERMINAL.includes(id))
    .map(
      ({ language, note, text }) =>
        `\n${language}${note === undefined ? '' : ` (${note})`}\n${indented(text)}`,
    );
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
