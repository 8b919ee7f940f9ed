import type { Api } from '../graph/index.ts';
import { isObject } from '../json-object.ts';

/** An object of Graph's. */
export type Row = Readonly<Record<string, unknown>>;

/** Every row of a list. */
export async function rowsOf(graph: Api, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { value } of graph.pages(path)) rows.push(...rowsIn(value));
  return rows;
}

/** The objects of a list. */
export function rowsIn(value: unknown): Row[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A member that is an object; an empty one where it is none. */
export function memberOf(row: Row | undefined, name: string): Row {
  const value = row?.[name];
  return isObject(value) ? value : {};
}

export function textOf(row: Row | undefined, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
}

export function textsOf(row: Row, name: string): string[] {
  const value = row[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** A text of a filter: quotes stand doubled (OData URL conventions). */
export function quoted(text: string): string {
  return encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
}
