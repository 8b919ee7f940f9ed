import { Command, InvalidArgumentError } from 'commander';

/** What the command line says; absent where it says nothing. */
export interface Flags {
  readonly port: number;
  readonly host: string;
  readonly users: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly seed?: string;
  readonly strictRegistrations?: true;
  readonly tokenVersion?: 1 | 2;
  readonly allowHost: readonly string[];
  readonly https?: true;
  readonly asMicrosoft?: true;
  readonly state?: string;
  readonly listenEverywhere?: true;
}

/** A reason not to start, in a sentence for the person at the terminal. */
export class CannotStart extends Error {}

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${max}.`);
  };
}

function tokenVersion(text: string): 1 | 2 {
  if (text === '1') return 1;
  if (text === '2') return 2;
  throw new InvalidArgumentError('It must be 1 or 2.');
}

/** Reads the arguments and what the environment says in their place. @throws CommanderError, CannotStart */
export function readFlags(args: readonly string[], environment: NodeJS.ProcessEnv): Flags {
  const command = new Command('emulator')
    .description('A local emulator of the Microsoft identity platform and Microsoft Graph. Not Microsoft.')
    .option('--port <number>', 'where it listens; 0 takes any free port', wholeNumber(65_535))
    .option('--host <name>', 'localhost, 127.0.0.1 or ::1: it listens on loopback only')
    .option('--https', 'speak https with a certificate that it makes and keeps')
    .option('--as-microsoft', 'the same under Microsoft’s own host names, on port 443')
    .option('--state <folder>', 'keep keys, consents and refresh tokens here over a restart')
    .option('--listen-everywhere', 'listen at every address, for containers; with --allow-host only')
    .option('--tls-cert <file>', 'speak https with this certificate (PEM)')
    .option('--tls-key <file>', 'and this private key (PEM)')
    .option('--users <number>', 'colleagues in each directory', wholeNumber(10_000_000), 250)
    .option('--seed <file>', 'accounts, registrations and tenants of your own (JSON)')
    .option('--strict-registrations', 'know registered apps only, and check them')
    .option('--token-version <1 or 2>', 'of access tokens for APIs that nobody registered', tokenVersion)
    .option('--allow-host <name...>', 'other host names that may lead here', [])
    .exitOverride();
  command.parse(args, { from: 'user' });
  const flags = command.opts<Omit<Flags, 'port' | 'host'> & { port?: number; host?: string }>();
  return {
    ...flags,
    port: flags.port ?? (flags.asMicrosoft === true ? HTTPS_PORT : portOf(environment)),
    host: flags.host ?? environment.HOST ?? 'localhost',
  };
}

const HTTPS_PORT = 443;

function portOf({ EMULATOR_PORT = '5001' }: NodeJS.ProcessEnv): number {
  try {
    return wholeNumber(65_535)(EMULATOR_PORT);
  } catch {
    throw new CannotStart('EMULATOR_PORT: it must be a whole number from 0 to 65535.');
  }
}
