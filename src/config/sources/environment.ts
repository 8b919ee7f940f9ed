import { readValueFile, trimmed } from '../../text-file.ts';
import type { SecretName, SettingName } from './setting-names.ts';
import type { SettingsReader } from './settings-reader.ts';

/** Environment variables, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single variables and collects what is wrong with them. */
export interface EnvironmentReader extends SettingsReader<SettingName> {
  /** A secret, from its variable or from the file that `NAME_FILE` names. */
  secret(name: SecretName): string | undefined;
  integer(name: SettingName, fallback: number, least: number, most: number): number;
}

/** Variables by any name. @param problems one line for each, naming the variable and the rule and never the value */
export function variablesOf(environment: Environment, problems: string[]): SettingsReader {
  return {
    text: (name) => trimmed(environment[name] ?? '') || undefined,
    problem: (name, rule) => void problems.push(`${name} ${rule}`),
  };
}

/** Variables of the web app, by their names. */
export function environmentReader(environment: Environment, problems: string[]): EnvironmentReader {
  const read = variablesOf(environment, problems);
  return {
    ...read,
    secret: (name) => readSecret(read, name),
    integer(name, fallback, least, most) {
      const given = read.text(name);
      if (given === undefined) return fallback;
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (value >= least && value <= most) return value;
      read.problem(name, `must be a whole number from ${least} to ${most}`);
      return fallback;
    },
  };
}

/**
 * A secret, or the content of the file that `NAME_FILE` names, as containers and systemd hand secrets out.
 * @returns empty where there is no such content: that is the problem then, and not that the secret is missing
 */
export function readSecret(read: SettingsReader, name: string): string | undefined {
  const fileName = `${name}_FILE`;
  const file = read.text(fileName);
  const given = read.text(name);
  if (file === undefined) return given;
  if (given !== undefined) read.problem(fileName, `and ${name} exclude each other: set only one of them`);
  const content = readValueFile(file);
  if ('text' in content) return content.text;
  read.problem(fileName, content.problem);
  return given ?? '';
}
