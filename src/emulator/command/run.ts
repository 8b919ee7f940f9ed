import { systemCodeOf } from '../../errors.ts';
import { KeptFileError } from '../certificates/index.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { CertificateError } from '../http/index.ts';
import { PlaceError } from '../place.ts';
import { SeedError } from '../registry/index.ts';
import { CannotStart, type CommandCall, readFlags } from './flags.ts';
import { checkPlace, optionsOf } from './options.ts';
import { welcome } from './welcome.ts';

/** How the command went: an emulator that runs, or the status to exit with. */
export type CommandOutcome = { readonly emulator: Emulator } | { readonly exitStatus: number };

const USAGE_STATUS = 2;

/** Starts an emulator as the command line says, or says why not. */
export async function runCommand(call: CommandCall): Promise<CommandOutcome> {
  let port = 0;
  try {
    const flags = readFlags(call);
    if (typeof flags === 'number') return { exitStatus: flags };
    port = flags.port;
    checkPlace(flags, call.environment);
    const emulator = await startEmulator(optionsOf(flags));
    call.say(welcome(emulator, flags));
    return { emulator };
  } catch (error) {
    call.complain(`${reasonInWords(error, port)}\n`);
    return { exitStatus: isUsageError(error) ? USAGE_STATUS : 1 };
  }
}

/** Why it did not start, for the person at the terminal. */
function reasonInWords(error: unknown, port: number): string {
  const code = systemCodeOf(error);
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken on this machine. Stop the other program or choose another port with --port.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this account. Choose another with --port, or let everybody use it: sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`;
  return error instanceof Error ? error.message : String(error);
}

/** Errors of the person who started it, not of the machine. */
const USAGE_ERRORS = [CannotStart, CertificateError, KeptFileError, PlaceError, SeedError];

function isUsageError(error: unknown): boolean {
  return USAGE_ERRORS.some((kind) => error instanceof kind);
}
