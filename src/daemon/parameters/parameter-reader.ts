import type { SettingsReader } from '../../config/index.ts';
import { trimmed } from '../../text-file.ts';

/** Reads the members of a parameters file and gathers what is wrong with them; `null` counts as absent. */
export interface ParameterReader extends SettingsReader {
  value(name: string): unknown;
}

/** Makes a reader that adds to `problems`. */
export function createParameterReader(
  members: Readonly<Record<string, unknown>>,
  problems: string[],
): ParameterReader {
  const value = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);
  const problem = (name: string, rule: string) => void problems.push(`${name} ${rule}`);
  return {
    value,
    problem,
    text(name) {
      const given = value(name) ?? undefined;
      if (typeof given === 'string') return trimmed(given) || undefined;
      if (given !== undefined) problem(name, 'must be a text in double quotes');
      return undefined;
    },
  };
}
