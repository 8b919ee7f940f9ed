import { isIP } from 'node:net';

/** Environment variables, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single variables and collects what is wrong with them. */
export interface VariableReader {
  /** The trimmed value; an empty one counts as absent. */
  text(name: string): string | undefined;
  problem(name: string, rule: string): void;
  integer(name: string, fallback: number, least: number, most: number): number;
}

/** @param problems one line for each, naming the variable and the rule and never the value */
export function variableReader(environment: Environment, problems: string[]): VariableReader {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const problem = (name: string, rule: string) => void problems.push(`${name} ${rule}`);
  return {
    text,
    problem,
    integer(name, fallback, least, most) {
      const given = text(name);
      if (given === undefined) return fallback;
      const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
      if (value >= least && value <= most) return value;
      problem(name, `must be a whole number from ${least} to ${most}`);
      return fallback;
    },
  };
}

/** What sample files and quickstarts write where a value is due. */
export const PLACEHOLDER = /enter_the|<.*>|your[-_ ]|change[-_ ]?me|placeholder/i;

/** Ids of tenants and applications. */
export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Items between commas. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Whether a host name or address means this machine, whatever a name server says. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}
