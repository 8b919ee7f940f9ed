import { trimmed } from '../../text-file.ts';
import type { Environment } from './environment.ts';
import { isTheirs, meantSetting, type Place } from './near-miss.ts';
import { LATER_SETTINGS, SAMPLE_NAMES, SETTINGS } from './setting-names.ts';

/** Names that somebody set, by where they stand. */
interface GivenNames {
  file: readonly string[];
  environment: readonly string[];
}

/**
 * The names of variables that have a value: an empty one sets nothing.
 * @param except what the caller knows of, and what is meant by none of ours
 */
export function namesSet(variables: Environment, except: readonly string[] = []): string[] {
  return Object.keys(variables).filter(
    (name) =>
      trimmed(variables[name] ?? '') !== '' && !except.includes(meantSetting(name, 'environment') ?? name),
  );
}

/** Names that would be ignored although somebody meant something by them, one line for each. */
export function nameProblems({ file, environment }: GivenNames): string[] {
  return [
    ...file.flatMap((name) => problemOf(name, 'file') ?? []),
    ...environment.flatMap((name) => problemOf(name, 'environment') ?? []),
  ];
}

/** Names in our own file that mean nothing to anybody whom we know. */
export function unknownNames({ file }: GivenNames): string[] {
  const isKnown = (name: string) => SETTINGS.some((known) => known === name) || isTheirs(name);
  return file.filter((name) => !isKnown(name) && problemOf(name, 'file') === undefined);
}

/** Other people's variables live in the environment, so a sample's name counts in our own file only. */
function problemOf(name: string, place: Place): string | undefined {
  if (LATER_SETTINGS.includes(name)) return `${name} is not a setting of this version`;
  const sample = place === 'file' ? SAMPLE_NAMES.get(name) : undefined;
  if (sample !== undefined) return `${name} is not a setting of this app: set ${sample}`;
  const meant = meantSetting(name, place);
  return meant === undefined ? undefined : `${name} is not a setting: did you mean ${meant}?`;
}
