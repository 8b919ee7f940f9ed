import {
  type Command,
  createCommand,
  InvalidArgumentError,
  orExitStatus,
  wholeNumber,
} from '../../command-line.ts';
import type { ExitStatus } from '../../exit-status.ts';

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

const port = wholeNumber(0, 65_535);

function tokenVersion(text: string): 1 | 2 {
  if (text === '1') return 1;
  if (text === '2') return 2;
  throw new InvalidArgumentError('It must be 1 or 2.');
}

/** What the command is called with: its arguments, the environment, and where its words go. */
export interface CommandCall {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/**
 * Reads the arguments and what the environment says in their place.
 * @returns the status to exit with where there is nothing more to do
 * @throws CannotStart
 */
export function readFlags(call: CommandCall): Flags | ExitStatus {
  const command = emulatorCommand(call);
  return orExitStatus(() => {
    command.parse(call.args, { from: 'user' });
    return withEnvironment(command.opts<GivenFlags>(), call.environment);
  });
}

function emulatorCommand({ say, complain }: CommandCall): Command {
  return createCommand('emulator', { stdout: { write: say }, stderr: { write: complain } })
    .description('A local emulator of the Microsoft identity platform and Microsoft Graph. Not Microsoft.')
    .option('--port <number>', 'where it listens; 0 takes any free port', port)
    .option('--host <name>', 'localhost, 127.0.0.1 or ::1: it listens on loopback only')
    .option('--https', 'speak https with a certificate that it makes and keeps')
    .option('--as-microsoft', 'the same under Microsoft’s own host names, on port 443')
    .option('--state <folder>', 'keep keys, consents and refresh tokens here over a restart')
    .option('--listen-everywhere', 'listen at every address, for containers; with --allow-host only')
    .option('--tls-cert <file>', 'speak https with this certificate (PEM)')
    .option('--tls-key <file>', 'and this private key (PEM)')
    .option('--users <number>', 'colleagues in each directory', wholeNumber(0, 10_000_000), 250)
    .option('--seed <file>', 'accounts, registrations and tenants of your own (JSON)')
    .option('--strict-registrations', 'know registered apps only, and check them')
    .option('--token-version <1 or 2>', 'of access tokens for APIs that nobody registered', tokenVersion)
    .option('--allow-host <name...>', 'other host names that may lead here', []);
}

type GivenFlags = Omit<Flags, 'port' | 'host'> & { port?: number; host?: string };

function withEnvironment(flags: GivenFlags, environment: NodeJS.ProcessEnv): Flags {
  return {
    ...flags,
    port: flags.port ?? (flags.asMicrosoft === true ? HTTPS_PORT : portOf(environment)),
    host: flags.host ?? environment.HOST ?? 'localhost',
  };
}

const HTTPS_PORT = 443;

function portOf({ EMULATOR_PORT = '5001' }: NodeJS.ProcessEnv): number {
  try {
    return port(EMULATOR_PORT);
  } catch {
    throw new CannotStart('EMULATOR_PORT: it must be a whole number from 0 to 65535.');
  }
}
