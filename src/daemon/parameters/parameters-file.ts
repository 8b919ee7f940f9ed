import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Environment, readManagedIdentity, readSecret, variablesOf } from '../../config/index.ts';
import { ConfigurationError } from '../../errors.ts';
import { decodeText, isReadableByOthers } from '../../text-file.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import type { Messages } from '../messages/index.ts';
import { type DaemonParameters, readParameters, unknownMembers } from './parameters.ts';
import { parseParametersText } from './parameters-text.ts';

/** What reading a file needs beside it. */
export interface ReadingSurroundings {
  messages: Messages;
  environment: NodeJS.ProcessEnv;
}

/**
 * Reads the parameters file and says what is unwise about it.
 * @throws ConfigurationError with the file's name in front of each problem
 */
export function readParametersFile(
  file: string,
  { sha1Thumbprint }: DaemonArguments,
  { messages, environment }: ReadingSurroundings,
): DaemonParameters {
  const environmentSecret = readSecretVariable('CLIENT_SECRET', environment);
  const identity = readIdentity(environment);
  return namingFile(file, () => {
    const members = parseParametersText(readText(file));
    const parameters = readParameters(members, {
      folder: dirname(file),
      environmentSecret,
      identity,
      sha1: sha1Thumbprint,
      production: environment.NODE_ENV === 'production',
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
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ConfigurationError(['there is no such file']);
    throw new ConfigurationError([`cannot be read (${code ?? 'unknown'})`]);
  }
  const decoded = decodeText(bytes);
  if ('problem' in decoded) throw new ConfigurationError([decoded.problem]);
  return decoded.text;
}

/** A managed identity, or the federated token that Azure Kubernetes Service mounts. @throws ConfigurationError */
function readIdentity(environment: Environment) {
  const problems: string[] = [];
  const read = variablesOf(environment, problems);
  const identity = readManagedIdentity(read);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const assertionFile = read.text('AZURE_FEDERATED_TOKEN_FILE');
  return (
    identity ?? (assertionFile === undefined ? undefined : { kind: 'assertion' as const, assertionFile })
  );
}

/** A secret from the environment, or from the file that `NAME_FILE` names. @throws ConfigurationError */
export function readSecretVariable(name: string, environment: Environment): string | undefined {
  const problems: string[] = [];
  const secret = readSecret(variablesOf(environment, problems), name);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return secret;
}

function secretFiles(file: string, { credential }: DaemonParameters): string[] {
  if (credential.kind === 'secret') return credential.isInFile ? [file] : [];
  if (credential.kind === 'managed-identity') return [];
  return credential.kind === 'assertion' ? [credential.assertionFile] : [credential.privateKeyFile];
}

function warnOfReaders(file: string, messages: Messages): void {
  if (!isReadableByOthers(file)) return;
  messages.note(`${file} holds a secret and can be read by every user of this machine: chmod 600 it.`);
}
