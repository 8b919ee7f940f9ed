import { type Command, createCommand, InvalidArgumentError, orExitStatus } from '../command-line.ts';
import type { ExitStatus } from '../exit-status.ts';
import { isGuid } from '../guid.ts';

/** What the command line asks for. */
export interface RegisterArguments {
  apply: boolean;
  name: string;
  /** The public client that the administrator signs in to. */
  client: string;
  tenant?: string;
  daemon: boolean;
  appRole: string[];
  certificate?: string;
  federatedIssuer?: string;
  federatedSubject?: string;
  managedIdentity?: string;
  newSecret: boolean;
  showSecret: boolean;
  consent: boolean;
}

type Streams = Record<'stdout' | 'stderr', Pick<NodeJS.WriteStream, 'write'>>;

/**
 * Microsoft's own public client for command-line tools, in every tenant: "Microsoft Graph Command Line Tools". Source:
 * Microsoft's pages on Microsoft Graph PowerShell.
 */
const COMMAND_LINE_TOOLS = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

const AFTER = `
Without --apply it only says what it would change. Settings come from the environment and .env.
Exit status: 0 done, or nothing to change; 2 settings or usage; 3 Microsoft refuses; 4 not an administrator;
5 network; 1 unexpected; 130 interrupted.`;

/** @returns an exit status where there is nothing more to do */
export function readArguments(given: readonly string[], streams: Streams): RegisterArguments | ExitStatus {
  const command = createCommand('register', streams)
    .description('Makes the registration of the app at Microsoft what its settings say, or makes a new one.')
    .option('--apply', 'does it', false)
    .option('--name <name>', 'of a new registration, which people see', name, 'ms-identity-typescript-webapp')
    .option('--client <id>', 'the public client that you sign in to', guid, COMMAND_LINE_TOOLS)
    .option('--tenant <tenant>', 'its id or a domain, where AUTHORITY names none', tenant)
    .option('--daemon', 'also for the daemon: User.Read.All as application permission', false)
    .option('--app-role <value>', 'a role that people can have; may stand several times', collect, [])
    .option('--certificate <file>', 'the PEM file of a certificate, in place of a secret')
    .option('--federated-issuer <url>', 'of tokens in place of a secret (workload identity)', issuer)
    .option('--federated-subject <text>', 'of these tokens')
    .option(
      '--managed-identity <id>',
      'object (principal) id of a managed identity, in place of a secret',
      guid,
    )
    .option('--new-secret', 'a new client secret, although there is one', false)
    .option('--show-secret', 'also prints a new client secret', false)
    .option('--consent', 'consents for everybody of the tenant to what the app asks for', false)
    .addHelpText('after', AFTER);
  return orExitStatus(() => {
    const options = command.parse([...given], { from: 'user' }).opts<RegisterArguments>();
    refuseMixed(command, options);
    return options;
  });
}

function refuseMixed(command: Command, options: RegisterArguments): void {
  const { certificate, federatedIssuer, federatedSubject, managedIdentity, newSecret } = options;
  if ((federatedIssuer === undefined) !== (federatedSubject === undefined))
    command.error('error: --federated-issuer and --federated-subject belong together');
  const kinds = [certificate, federatedIssuer, managedIdentity, newSecret || undefined];
  if (kinds.filter((kind) => kind !== undefined).length > 1)
    command.error(
      'error: one kind of credential: --certificate, --federated-…, --managed-identity or --new-secret',
    );
}

function guid(text: string): string {
  if (isGuid(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It is a GUID.');
}

/** https://learn.microsoft.com/graph/api/resources/application: 256 characters at most. */
function name(text: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{Zs}]{1,120}$/u.test(text) && text.trim() === text) return text;
  throw new InvalidArgumentError('It is up to 120 letters, digits, spaces and punctuation marks.');
}

function tenant(text: string): string {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text) && !/^(common|consumers)$/i.test(text))
    return text.toLowerCase();
  throw new InvalidArgumentError('It is the id or a domain of one tenant.');
}

function issuer(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('It is the address that the tokens name as iss.');
}

function collect(value: string, before: string[]): string[] {
  if (/^[\w.:-]{1,120}$/.test(value)) return [...new Set([...before, value])];
  throw new InvalidArgumentError('It is a word of letters, digits, dots, colons, hyphens and underscores.');
}
