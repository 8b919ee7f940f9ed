import type { SortProperty } from '../directory/index.ts';

/** An object of Graph's as queries see it. */
export type Row = Readonly<Record<string, unknown>>;

/** A type of objects that Graph lists, and what queries may say of it (wire reference G3). */
export interface EntityType {
  /** As messages call it: `microsoft.graph.{name}`. */
  readonly name: string;
  readonly filterable: readonly string[];
  /** Absent: none, as for `sortable`. */
  readonly searchable?: readonly string[];
  readonly sortable?: readonly SortProperty[];
}

/** What is listed: rows by position, some of which may be empty. */
export interface Collection {
  readonly size: number;
  /** How many rows there are. */
  readonly count: number;
  at(position: number): Row | undefined;
  /** All positions in alphabetical order. */
  order(property: SortProperty): ArrayLike<number>;
}

/** A list that is all there, as a collection. */
export function collectionOf(rows: readonly Row[]): Collection {
  const positions = rows.map((_row, position) => position);
  const textAt = (position: number, property: SortProperty): string =>
    String(rows[position]?.[property] ?? '');
  const { compare } = new Intl.Collator('en');
  return {
    size: rows.length,
    count: rows.length,
    at: (position) => rows[position],
    order: (property) =>
      positions.toSorted((one, other) => compare(textAt(one, property), textAt(other, property))),
  };
}

export const USER: EntityType = {
  name: 'user',
  filterable: [
    'displayName',
    'givenName',
    'surname',
    'jobTitle',
    'mail',
    'mailNickname',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'userPrincipalName',
    'id',
    'userType',
    'accountEnabled',
    'department',
  ],
  searchable: [
    'displayName',
    'givenName',
    'surname',
    'mail',
    'mailNickname',
    'userPrincipalName',
    'jobTitle',
    'officeLocation',
  ],
  sortable: ['displayName', 'userPrincipalName'],
};

export const GROUP: EntityType = {
  name: 'group',
  filterable: [
    'displayName',
    'description',
    'mail',
    'mailNickname',
    'id',
    'securityEnabled',
    'mailEnabled',
    'groupTypes',
    'visibility',
    'uniqueName',
  ],
  searchable: ['displayName', 'description', 'mail', 'mailNickname'],
  sortable: ['displayName'],
};
