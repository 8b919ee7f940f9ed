import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Parameters, readParameters, unknownMembers } from '../../daemon/parameters.ts';
import { parseParametersText } from '../../daemon/parameters-text.ts';
import { ConfigurationError } from '../../errors.ts';
import type { DaemonArguments } from './arguments.ts';
import type { Console } from './console.ts';

const READABLE_BY_OTHERS = 0o004;

/**
 * Reads the parameters file and says what is unwise about it.
 * @throws ConfigurationError with the file's name in front of each problem
 */
export function readParametersFile(
  file: string,
  { sha1Thumbprint }: DaemonArguments,
  console: Console,
): Parameters {
  return namingFile(file, () => {
    const members = parseParametersText(readText(file));
    const environmentSecret = process.env.CLIENT_SECRET?.trim() || undefined;
    const parameters = readParameters(members, {
      folder: dirname(file),
      environmentSecret,
      sha1: sha1Thumbprint,
    });
    for (const name of unknownMembers(members))
      console.note(`${file}: "${name}" is not known and was ignored.`);
    for (const secretFile of secretFiles(file, parameters)) warnOfReaders(secretFile, console);
    return parameters;
  });
}

/** Runs something whose problems are problems of the file. */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(error.problems.map((problem) => `${file}: ${problem}`));
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ConfigurationError(['there is no such file']);
    throw new ConfigurationError([`cannot be read (${code ?? 'unknown'})`]);
  }
}

function secretFiles(file: string, { credential }: Parameters): string[] {
  if (credential.kind === 'secret') return credential.isInFile ? [file] : [];
  return credential.kind === 'assertion' ? [credential.assertionFile] : [credential.privateKeyFile];
}

function warnOfReaders(file: string, console: Console): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & READABLE_BY_OTHERS) === 0) return;
  console.note(`${file} holds a secret and can be read by every user of this machine: chmod 600 it.`);
}
