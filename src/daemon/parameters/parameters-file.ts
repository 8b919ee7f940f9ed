import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from '../../errors.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import type { Messages } from '../messages/index.ts';
import { type DaemonParameters, readParameters, unknownMembers } from './parameters.ts';
import { parseParametersText } from './parameters-text.ts';

/** What reading a file needs beside it. */
export interface ReadingSurroundings {
  messages: Messages;
  environment: NodeJS.ProcessEnv;
}

const READABLE_BY_OTHERS = 0o004;

/**
 * Reads the parameters file and says what is unwise about it.
 * @throws ConfigurationError with the file's name in front of each problem
 */
export function readParametersFile(
  file: string,
  { sha1Thumbprint }: DaemonArguments,
  { messages, environment }: ReadingSurroundings,
): DaemonParameters {
  return namingFile(file, () => {
    const members = parseParametersText(readText(file));
    const environmentSecret = environment.CLIENT_SECRET?.trim() || undefined;
    const parameters = readParameters(members, {
      folder: dirname(file),
      environmentSecret,
      sha1: sha1Thumbprint,
    });
    for (const name of unknownMembers(members))
      messages.note(`${file}: "${name}" is not known and was ignored.`);
    for (const secretFile of secretFiles(file, parameters)) warnOfReaders(secretFile, messages);
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

function secretFiles(file: string, { credential }: DaemonParameters): string[] {
  if (credential.kind === 'secret') return credential.isInFile ? [file] : [];
  return credential.kind === 'assertion' ? [credential.assertionFile] : [credential.privateKeyFile];
}

function warnOfReaders(file: string, messages: Messages): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & READABLE_BY_OTHERS) === 0) return;
  messages.note(`${file} holds a secret and can be read by every user of this machine: chmod 600 it.`);
}
