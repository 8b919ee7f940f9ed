import { trimmed } from '../../text-file.ts';

/** Reads settings by name, whether they are variables or members of a file, and collects what is wrong with them. */
export interface SettingsReader<Name extends string = string> {
  /** Without what is invisible around it; an empty text counts as absent. */
  text(name: Name): string | undefined;
  /** Notes a broken rule, which follows the name; never with the value. */
  problem(name: Name, rule: string): void;
}

/** What sample files and quickstarts write where a value is due. */
const PLACEHOLDER = /enter_the|<.*>|your[-_ ]|change[-_ ]?me|placeholder/i;

/** Whether a value was left as a sample had it. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Items between commas. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(trimmed)
    .filter((item) => item !== '');
}
