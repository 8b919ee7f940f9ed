import { readFileSync } from 'node:fs';
import type { EmulatorOptions } from '../emulator.ts';
import { readSeed } from '../registry/index.ts';
import { CannotStart, type Flags } from './flags.ts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Whether it may start where it was told to. @throws CannotStart in production or off loopback */
export function checkPlace(flags: Flags, environment: NodeJS.ProcessEnv): void {
  if (environment.NODE_ENV === 'production')
    throw new CannotStart('This is an emulator for development: it does not start with NODE_ENV=production.');
  if (!LOOPBACK_NAMES.includes(flags.host.toLowerCase()))
    throw new CannotStart('HOST: the emulator listens on localhost only, never on another address.');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CannotStart(`The file ${file} cannot be read.`, { cause: error });
  }
}

function tlsOf(flags: Flags): EmulatorOptions['tls'] {
  if (flags.tlsCert === undefined && flags.tlsKey === undefined) return undefined;
  if (flags.tlsCert === undefined || flags.tlsKey === undefined)
    throw new CannotStart('--tls-cert and --tls-key belong together: give both or neither.');
  return { cert: readText(flags.tlsCert), key: readText(flags.tlsKey) };
}

function seedOf(flags: Flags): EmulatorOptions['seed'] {
  if (flags.seed === undefined) return undefined;
  try {
    return readSeed(JSON.parse(readText(flags.seed)));
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotStart(`The seed ${flags.seed} is not valid: ${reason}`);
  }
}

/** What the flags mean, files read. @throws CannotStart for a file that cannot be used */
export function optionsOf(flags: Flags): EmulatorOptions {
  return { ...flags, allowedHosts: flags.allowHost, tls: tlsOf(flags), seed: seedOf(flags) };
}
