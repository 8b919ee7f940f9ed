import {
  type Command,
  createCommand,
  InvalidArgumentError,
  Option,
  orExitStatus,
  wholeNumber,
} from '../../command-line.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { ConsentEndpoint } from '../../identity/index.ts';
import { FORMATS, type FormatName } from '../formats/index.ts';
import { HELP_BELOW } from './help.ts';

/** The command line, checked. */
export interface DaemonArguments {
  /** Absent: the local emulator. */
  parametersFile: string | undefined;
  all: boolean;
  top?: number;
  select?: readonly string[];
  search?: string;
  filter?: string;
  format: FormatName;
  output?: string;
  resume: boolean;
  /** Seconds. */
  maxWait: number;
  /** Seconds. */
  timeout: number;
  tokenCache?: string;
  sha1Thumbprint: boolean;
  adminConsentUrl: boolean;
  consentEndpoint: ConsentEndpoint;
  waitForConsent: boolean;
  consentPort: number;
  verbose: boolean;
  quiet: boolean;
}

/** What is not wanted unless it is said. */
const OFF = {
  all: false,
  resume: false,
  sha1Thumbprint: false,
  adminConsentUrl: false,
  waitForConsent: false,
  verbose: false,
  quiet: false,
} as const;

/** What commander makes of the command line: flags that were not given are absent, the rest has its default. */
type GivenOptions = Omit<DaemonArguments, 'parametersFile' | keyof typeof OFF> &
  Partial<Pick<DaemonArguments, keyof typeof OFF>>;

interface ParsingSurroundings extends Pick<NodeJS.Process, 'stdout' | 'stderr'> {
  version: string;
}

/** Reads the command line. @returns an exit status where there is nothing more to do */
export function parseArguments(
  given: readonly string[],
  around: ParsingSurroundings,
): DaemonArguments | ExitStatus {
  const command = daemonCommand(around);
  return orExitStatus(() => {
    command.parse(given, { from: 'user' });
    const options = { ...OFF, ...command.opts<GivenOptions>(), parametersFile: command.args[0] };
    checkTogether(command, options);
    return options;
  });
}

function daemonCommand({ version, ...streams }: ParsingSurroundings): Command {
  const command = createCommand('daemon', streams)
    .description("Lists the users of a Microsoft tenant with the app's own identity.")
    .argument('[parameters.json]', 'the tenant, the app and its credential; without it: a local emulator')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .addHelpText('after', HELP_BELOW);
  for (const option of [...listOptions(), ...outputOptions(), ...patienceOptions(), ...identityOptions()]) {
    command.addOption(option);
  }
  return command
    .option('-v, --verbose', 'say each step on standard error')
    .option('-q, --quiet', 'say nothing on standard error but errors');
}

const listOptions = () => [
  new Option('--all', 'every page, not only the first one'),
  new Option('--top <n>', 'users on a page, 1 to 999').argParser(wholeNumber(1, 999)),
  new Option('--select <names>', 'properties, with commas between them').argParser(properties),
  new Option('--search <text>', 'users whose name or email address has a word that begins so').argParser(
    someText,
  ),
  new Option('--filter <odata>', 'an OData filter, such as "accountEnabled eq true"').argParser(someText),
];

const outputOptions = () => [
  new Option('--format <name>', 'how the users are written').choices(FORMATS).default('json'),
  new Option('--output <file>', 'write there; the file appears when it is complete'),
  new Option('--resume', 'keep an interrupted --output, and go on with it next time'),
];

const patienceOptions = () => [
  new Option('--max-wait <seconds>', 'longest wait for one page that is throttled or failing')
    .default(60)
    .argParser(wholeNumber(0, 86_400)),
  new Option('--timeout <seconds>', 'longest wait for one response')
    .default(8)
    .argParser(wholeNumber(1, 600)),
];

const identityOptions = () => [
  new Option(
    '--token-cache <file>',
    'keep the access token there between runs, sealed by TOKEN_CACHE_SECRET',
  ),
  new Option('--sha1-thumbprint', 'name the certificate by its SHA-1, as old samples do'),
  new Option('--admin-consent-url', 'print the address where an administrator consents, and end'),
  new Option('--consent-endpoint <version>', 'of that address').choices(['v1', 'v2']).default('v2'),
  new Option('--wait-for-consent', 'where consent is missing: wait for it on this machine, then go on'),
  new Option('--consent-port <port>', 'where to wait; 0 takes any')
    .default(0)
    .argParser(wholeNumber(0, 65_535)),
];

function properties(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => /^[A-Za-z][A-Za-z0-9_]{0,99}$/.test(name))) return names;
  throw new InvalidArgumentError('It must be names of properties with commas between them.');
}

function someText(text: string): string {
  if (text.trim() !== '' && text.length <= 2_000 && !/\p{Cc}/u.test(text)) return text;
  throw new InvalidArgumentError('It must be a text in one line.');
}

/** @throws CommanderError for options that need or exclude each other */
function checkTogether(command: Command, given: DaemonArguments): void {
  const needs: [boolean, string][] = [
    [given.resume && given.output === undefined, '--resume needs --output'],
    [given.resume && !given.all, '--resume needs --all'],
    [given.resume && given.format === 'table', '--resume cannot go on with a table: choose another --format'],
    [given.verbose && given.quiet, '--verbose and --quiet exclude each other'],
    [
      given.adminConsentUrl && given.parametersFile === undefined,
      '--admin-consent-url needs a parameters file',
    ],
    [
      given.tokenCache !== undefined && given.parametersFile === undefined,
      '--token-cache needs a parameters file',
    ],
  ];
  for (const [isWrong, sentence] of needs) if (isWrong) command.error(`error: ${sentence}`);
}
