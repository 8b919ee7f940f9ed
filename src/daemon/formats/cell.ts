import type { Row } from '../../graph/index.ts';

/** What Graph lists of a user when nothing is selected, in its order (Microsoft Graph: List users). */
export const DEFAULT_PROPERTIES = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

/** A property as one text: several values with semicolons between them, an object as JSON. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The properties of a list whose columns nobody chose: those of its first row, else those of a user. */
export function propertiesOf(row: Row | undefined): readonly string[] {
  if (row === undefined) return DEFAULT_PROPERTIES;
  return Object.keys(row).filter((name) => !name.includes('@odata.'));
}
