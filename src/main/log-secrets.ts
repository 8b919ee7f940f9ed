import { type Environment, listOf, readEnvFile, readSecret, variablesOf } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import { readKeptSecret } from './kept-secret.ts';

/**
 * The session secrets that the app has or had here, newest first: from SESSION_SECRET, or what it made for itself with
 * the local emulator. No other setting has to be there.
 * @throws ConfigurationError where there is none
 */
export function logSecrets(environment: Environment): string[] {
  const file = readEnvFile('.env');
  const problems = file?.isUnusable ? [...file.problems] : [];
  const read = variablesOf({ ...file?.variables, ...environment }, problems);
  const given = listOf(readSecret(read, 'SESSION_SECRET'));
  const kept = given.length === 0 ? readKeptSecret(read.text('DATA_DIR') ?? '.data') : undefined;
  const secrets = kept === undefined ? given : [kept];
  if (secrets.length === 0 && problems.length === 0)
    problems.push('SESSION_SECRET is missing: give the one that the app had when it wrote the log');
  if (problems.length > 0) throw new ConfigurationError(problems);
  return secrets;
}
