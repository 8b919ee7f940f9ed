/** Reads the members of a parameters file and gathers what is wrong with them. */
export interface ParameterReader {
  /** The trimmed text; an empty one and `null` count as absent. */
  text(name: string): string | undefined;
  value(name: string): unknown;
  /** Notes a broken rule, named after the member and never with its value. */
  problem(name: string, rule: string): void;
}

/** Values that a downloaded sample holds in place of real ones. */
const PLACEHOLDER = /enter_the|<.*>|your[-_ ]|change[-_ ]?me|placeholder/i;

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
      if (typeof given === 'string') return given.trim() || undefined;
      if (given !== undefined) problem(name, 'must be a text in double quotes');
      return undefined;
    },
  };
}

/** Whether a value was left as the sample had it. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
