import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import { folderProblem, privateFolderOf } from '../data-folder.ts';
import { AppError, ConfigurationError, systemCodeOf } from '../errors.ts';
import { EXIT } from '../exit-status.ts';
import { inWords, type Trouble } from '../failures/index.ts';
import { hostsOf, readRedisAddress, redisAdvice } from '../redis-address.ts';
import { type Finding, fault, warning, well } from './finding.ts';
import type { Surroundings } from './surroundings.ts';

const MIB = 1_048_576;
/** With less, the embedded store takes no new session. */
const LEAST_BYTES = 4 * MIB;
const FEW_BYTES = 100 * MIB;

/** Redis: whether it can be reached, lets the app in, and is the one that is written to. */
export async function lookAtRedis(config: Config, around: Surroundings): Promise<Finding[]> {
  const address = readRedisAddress(config.redisUrl ?? '');
  const hosts = address === undefined ? '' : hostsOf(address);
  const { warnings, trouble } = await open(config, around);
  if (trouble === undefined)
    return [well('redis', `Redis at ${hosts} takes what is written.`), ...asWarnings('redis', warnings)];
  const [lesser, said] = [warnings.filter(isOfMemory), warnings.filter((one) => !isOfMemory(one))];
  const what = said.at(-1) ?? trouble.what;
  const todo = redisAdvice(what);
  const told = todo === undefined ? { what } : { what: what.replace(` ${todo}`, ''), todo };
  return [fault('redis', { ...trouble, ...told }), ...asWarnings('redis', lesser)];
}

const isOfMemory = (sentence: string) => sentence.includes('maxmemory-policy');

/** The embedded store, and the disk that it is on. A folder that is not there yet is not made: it belongs to the app's user. */
export async function lookAtFolder(config: Config, around: Surroundings): Promise<Finding[]> {
  const folder = resolve(config.dataDir);
  const there = nearest(folder);
  const disk = diskFinding(there, around.freeBytesOf ?? freeBytesOf);
  if (!existsSync(privateFolderOf(folder))) return [await canBeMade(there, around), disk];
  const { warnings, trouble } = await open(config, around);
  if (trouble !== undefined) return [fault('store', trouble), disk];
  return [
    well('store', 'The session store in DATA_DIR can be written to.'),
    ...asWarnings('store', warnings),
    disk,
  ];
}

/** Opens the store as the app does, has it written to, and closes it. */
async function open(
  config: Config,
  around: Surroundings,
): Promise<{ warnings: string[]; trouble?: Trouble }> {
  const warnings: string[] = [];
  try {
    const records = await around.openRecords(config, (sentence) => void warnings.push(sentence));
    await records.check().finally(() => records.close());
    return { warnings };
  } catch (error) {
    const isStore = error instanceof AppError && error.code === 'store_unavailable';
    return {
      warnings,
      trouble: isStore
        ? {
            what: `The session store cannot be written to: ${error.detail ?? 'no reason given'}.`,
            exitStatus: EXIT.upstream,
          }
        : inWords(error),
    };
  }
}

function asWarnings(looked: string, sentences: readonly string[]): Finding[] {
  return sentences.map((sentence) => warning(looked, sentence));
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

async function canBeMade(there: string, { refuseFolder }: Surroundings): Promise<Finding> {
  try {
    if (!statSync(there).isDirectory()) return cannotBeMade('ENOTDIR');
    accessSync(there, constants.W_OK | constants.X_OK);
    await refuseFolder(there);
    return well('store', 'The session store will be made in DATA_DIR at the first start.');
  } catch (error) {
    if (error instanceof ConfigurationError) return fault('store', inWords(error));
    return cannotBeMade(systemCodeOf(error));
  }
}

function cannotBeMade(code: string): Finding {
  return fault('store', {
    what: `${folderProblem(code)}.`,
    todo: 'Give the app’s user the folder, or choose another one.',
    exitStatus: EXIT.usage,
  });
}

function diskFinding(folder: string, readBytes: (folder: string) => number): Finding {
  const freeBytes = readBytes(folder);
  const what = `The disk of DATA_DIR has ${Math.floor(freeBytes / MIB)} MiB left.`;
  const todo = 'Make room on it.';
  if (freeBytes < LEAST_BYTES)
    return fault('disk', {
      what: `${what} Nobody can sign in below ${LEAST_BYTES / MIB}.`,
      todo,
      exitStatus: EXIT.upstream,
    });
  return freeBytes < FEW_BYTES ? warning('disk', what, todo) : well('disk', what);
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
