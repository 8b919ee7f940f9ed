import { join } from 'node:path';
import { z } from 'zod';
import { KeptFileError, keepPrivate, readPrivate } from '../certificates/index.ts';
import type { World } from '../state/index.ts';
import { restoredKey, type SigningKey } from '../tokens/index.ts';

const keptForm = z.strictObject({
  version: z.literal(1),
  keys: z
    .array(
      z.strictObject({
        signer: z.enum(['work', 'personal']),
        certificate: z.base64(),
        privateKey: z.string(),
      }),
    )
    .refine((all) => new Set(all.map((one) => one.signer)).size === 2),
  seal: z.base64().length(44),
  consents: z.array(z.tuple([z.string(), z.array(z.string()), z.number()])),
  validFrom: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

/** What of an emulator survives a restart. */
interface KeptState {
  readonly signingKeys: readonly SigningKey[];
  readonly sealKey: Buffer;
  /** Puts consents and revocations back. */
  restore(world: World): void;
}

const fileIn = (folder: string): string => join(folder, 'state.json');

/** What was kept in a folder; undefined where nothing was. @throws KeptFileError for a file that is damaged */
export function readKeptState(folder: string): KeptState | undefined {
  const text = readPrivate(fileIn(folder));
  if (text === undefined) return undefined;
  try {
    const { keys, seal, consents, validFrom } = keptForm.parse(JSON.parse(text));
    return {
      signingKeys: keys.map((one) =>
        restoredKey(one.signer, Buffer.from(one.certificate, 'base64'), one.privateKey),
      ),
      sealKey: Buffer.from(seal, 'base64'),
      restore(world) {
        world.consents.memory.restore(consents);
        world.validFrom.restore(validFrom);
      },
    };
  } catch {
    throw new KeptFileError(
      `The state in ${fileIn(folder)} is damaged. Put back a copy, or remove it: then everybody consents again, and tokens made before are worthless.`,
    );
  }
}

/** Writes the state of a world soon after each change, and what is left at the end. */
interface Keeper {
  changed(): void;
  /** Writes what is not written yet. */
  finish(): void;
}

/** Creates it; `world` is asked when something is to be written. */
export function createKeeper(folder: string, world: () => World): Keeper {
  let waiting: NodeJS.Immediate | undefined;
  const write = (): void => {
    clearImmediate(waiting);
    waiting = undefined;
    try {
      keepPrivate(fileIn(folder), JSON.stringify(snapshot(world())));
    } catch (error) {
      console.error('the emulator could not keep its state:', error instanceof Error ? error.message : error);
    }
  };
  return {
    changed() {
      waiting ??= setImmediate(write);
    },
    finish() {
      if (waiting !== undefined) write();
    },
  };
}

function snapshot(world: World): z.input<typeof keptForm> {
  return {
    version: 1,
    keys: world.keys.published().map(({ signer, certificate, privateKey }) => ({
      signer,
      certificate: certificate.toString('base64'),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    })),
    seal: world.seal.key().toString('base64'),
    consents: world.consents.memory.entries().map(([key, scopes, until]) => [key, [...scopes], until]),
    validFrom: world.validFrom.entries().map(([key, from, until]) => [key, from, until]),
  };
}
