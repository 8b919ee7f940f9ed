import type { Row } from '../../graph/index.ts';

/**
 * What Graph lists of a user when nothing is selected, in its order (Microsoft Graph: List users). The emulator has the
 * same list of its own, so that it can disagree.
 */
const DEFAULT_PROPERTIES = (
  'businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage surname ' +
  'userPrincipalName id'
).split(' ');

/** A property as one text: several values with semicolons between them, an object as JSON. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * A property of a row, whose name somebody may have written in another case: Graph selects it all the same, and answers
 * with its own spelling.
 */
export function propertyOf(row: Row, name: string): unknown {
  if (name in row) return row[name];
  const lower = name.toLowerCase();
  const spelt = Object.keys(row).find((key) => key.toLowerCase() === lower);
  return spelt === undefined ? undefined : row[spelt];
}

/** The properties of a list whose columns nobody chose: those of its first row, else those of a user. */
export function propertiesOf(row: Row | undefined): readonly string[] {
  if (row === undefined) return DEFAULT_PROPERTIES;
  return Object.keys(row).filter((name) => !name.includes('@odata.'));
}
