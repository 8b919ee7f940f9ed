import { GraphError, type Row } from '../odata/index.ts';

/** The names in a `$select`; undefined where everything is wanted. */
export function namesIn(select: string | undefined): readonly string[] | undefined {
  if (select === undefined || select.trim() === '' || select.trim() === '*') return undefined;
  return select.split(',').map((one) => one.trim());
}

/** Only the selected properties of an object. @throws GraphError 400 for one that it does not have */
export function selected(row: Row, select: string | undefined, type: string): Row {
  const names = namesIn(select);
  const unknown = names?.find((name) => !(name in row));
  if (unknown !== undefined) throw noProperty(unknown, type);
  return names === undefined ? row : Object.fromEntries(names.map((name) => [name, row[name]]));
}

/** A type of objects has no property of this name. */
export function noProperty(name: string, type: string): GraphError {
  return new GraphError(
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
  );
}
