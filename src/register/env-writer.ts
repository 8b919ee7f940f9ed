import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { withVariables } from '../config/index.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import { removeLeftOf, replaceFile } from '../own-file.ts';
import { decodeText } from '../text-file.ts';

/** Puts settings into `.env`. */
export interface EnvWriter {
  path: string;
  /** Before there is something to lose. @throws ConfigurationError where nothing could be written */
  prepare(): Promise<void>;
  /** The file is its owner's alone afterwards, and whole at any time. */
  write(values: Readonly<Record<string, string>>): Promise<void>;
}

/** @param path of a file that may not be there; of a link, where it leads */
export function openEnvWriter(path: string): EnvWriter {
  const file = targetOf(path);
  return {
    path,
    async prepare() {
      try {
        // a file is replaced, so its folder counts
        accessSync(dirname(file), constants.W_OK | constants.X_OK);
        withVariables(textOf(file), {});
        await removeLeftOf(file);
      } catch (error) {
        throw cannot(path, error);
      }
    },
    async write(values) {
      try {
        const text = withVariables(textOf(file), values);
        await replaceFile(file, text, ownerOf(file));
      } catch (error) {
        throw cannot(path, error);
      }
    },
  };
}

function targetOf(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const link = lstatSync(path, { throwIfNoEntry: false });
  return link?.isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : resolve(path);
}

/** Started by root, it would take the file away from the app. */
function ownerOf(file: string): { uid: number; gid: number } | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return process.getuid?.() === 0 ? found : undefined;
}

function textOf(file: string): string {
  if (!existsSync(file)) return '';
  const read = decodeText(readFileSync(file));
  if ('text' in read) return read.text;
  throw new ConfigurationError([`.env ${read.problem}`]);
}

function cannot(path: string, error: unknown): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  return new ConfigurationError([`${path} cannot be written (${systemCodeOf(error)})`]);
}
