import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import {
  CertificateError,
  type Emulator,
  type EmulatorOptions,
  readSeed,
  SeedError,
  startEmulator,
} from '../emulator/emulator.ts';
import { welcome } from '../emulator/welcome.ts';

/** What the command line says; absent where it says nothing. */
interface Flags {
  readonly port: number;
  readonly host: string;
  readonly users: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly seed?: string;
  readonly strictRegistrations?: true;
  readonly allowHost: readonly string[];
}

const USAGE_STATUS = 2;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** A reason not to start, in a sentence for the person at the terminal. */
class CannotStart extends Error {}

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${max}.`);
  };
}

function readFlags(args: readonly string[], environment: NodeJS.ProcessEnv): Flags {
  const command = new Command('emulator')
    .description('A local stand-in for the Microsoft identity platform and Microsoft Graph. Not Microsoft.')
    .option('--port <number>', 'where it listens; 0 takes any free port', wholeNumber(65_535))
    .option('--host <name>', 'localhost, 127.0.0.1 or ::1: it listens on loopback only')
    .option('--tls-cert <file>', 'speak https with this certificate (PEM)')
    .option('--tls-key <file>', 'and this private key (PEM)')
    .option('--users <number>', 'colleagues in each directory', wholeNumber(10_000_000), 250)
    .option('--seed <file>', 'accounts, registrations and tenants of your own (JSON)')
    .option('--strict-registrations', 'know registered apps only, and check them')
    .option('--allow-host <name...>', 'other host names that may lead here', [])
    .exitOverride();
  command.parse(args, { from: 'user' });
  const flags = command.opts<Omit<Flags, 'port' | 'host'> & { port?: number; host?: string }>();
  return {
    ...flags,
    port: flags.port ?? portOf(environment),
    host: flags.host ?? environment.HOST ?? 'localhost',
  };
}

function portOf({ EMULATOR_PORT = '5001' }: NodeJS.ProcessEnv): number {
  try {
    return wholeNumber(65_535)(EMULATOR_PORT);
  } catch {
    throw new CannotStart('EMULATOR_PORT: it must be a whole number from 0 to 65535.');
  }
}

function checkPlace(flags: Flags, environment: NodeJS.ProcessEnv): void {
  if (environment.NODE_ENV === 'production')
    throw new CannotStart('This is a stand-in for development: it does not start with NODE_ENV=production.');
  if (!LOOPBACK_NAMES.includes(flags.host.toLowerCase()))
    throw new CannotStart('HOST: the stand-in listens on localhost only, never on another address.');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotStart(`The file ${file} cannot be read.`, { cause: error });
  }
}

function readTls(flags: Flags): Pick<EmulatorOptions, 'tls'> {
  if (flags.tlsCert === undefined && flags.tlsKey === undefined) return {};
  if (flags.tlsCert === undefined || flags.tlsKey === undefined)
    throw new CannotStart('--tls-cert and --tls-key belong together: give both or neither.');
  return { tls: { cert: readText(flags.tlsCert), key: readText(flags.tlsKey) } };
}

function readSeedFile(flags: Flags): Pick<EmulatorOptions, 'seed'> {
  if (flags.seed === undefined) return {};
  try {
    return { seed: readSeed(JSON.parse(readText(flags.seed))) };
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The seed ${flags.seed} is not valid: ${reason}`);
  }
}

function optionsOf(flags: Flags): EmulatorOptions {
  return {
    port: flags.port,
    users: flags.users,
    allowedHosts: flags.allowHost,
    ...readTls(flags),
    ...readSeedFile(flags),
    ...(flags.strictRegistrations === undefined ? {} : { strictRegistrations: true }),
  };
}

function inWords(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken on this machine. Stop the other program or choose another port with --port.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account. Choose another with --port.`;
  return error instanceof Error ? error.message : String(error);
}

function stopOnSignals(emulator: Emulator): void {
  const stop = (): void => void emulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function main(): Promise<void> {
  let port = 0;
  try {
    const flags = readFlags(process.argv.slice(2), process.env);
    port = flags.port;
    checkPlace(flags, process.env);
    const emulator = await startEmulator(optionsOf(flags));
    stopOnSignals(emulator);
    process.stdout.write(welcome(emulator));
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    if (!(error instanceof CommanderError)) process.stderr.write(`${inWords(error, port)}\n`);
    process.exitCode = isUsage(error) ? USAGE_STATUS : 1;
  }
}

/** Errors of whoever started it, not of the machine. */
const USAGE_ERRORS = [CommanderError, CannotStart, CertificateError, SeedError];

function isUsage(error: unknown): boolean {
  return USAGE_ERRORS.some((kind) => error instanceof kind);
}

await main();
