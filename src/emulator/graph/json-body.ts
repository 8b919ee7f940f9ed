import type { HttpRequest } from '../http/index.ts';
import { GraphError, type Row } from '../odata/index.ts';

/** The JSON object of a request. @throws GraphError 400 where there is none */
export function jsonBody({ bodyText }: HttpRequest): Row {
  try {
    const value: unknown = JSON.parse(bodyText);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw new GraphError(
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

/** The object that `@odata.id` leads to, by its id. @throws GraphError 400 where it leads nowhere */
export function referencedId(body: Row): string {
  const reference = body['@odata.id'];
  const [, id] =
    /\/(?:directoryObjects|users|groups|servicePrincipals)\/([^/]+)$/i.exec(String(reference)) ?? [];
  if (id !== undefined) return decodeURIComponent(id);
  throw new GraphError('Request_BadRequest', 'The request does not name an object in @odata.id.');
}

/** A text of a body. @throws GraphError 400 where it is missing, as the directory says it */
export function requiredText(body: Row, name: string, type: string): string {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw valueRequired(name, type);
}

/** A flag of a body. @throws GraphError 400 where it is missing */
export function requiredFlag(body: Row, name: string, type: string): boolean {
  const value = body[name];
  if (typeof value === 'boolean') return value;
  throw valueRequired(name, type);
}

/** A body lacks a value that an object has to have. */
export function valueRequired(name: string, type: string): GraphError {
  return new GraphError(
    'Request_BadRequest',
    `A value is required for property '${name}' of resource '${type}'.`,
  );
}

/** Checks the names of what a body sets. @throws GraphError 400 for one that there is not */
export function checkDeclared(names: readonly string[], isKnown: (name: string) => boolean): void {
  const unknown = names.find((name) => !isKnown(name));
  if (unknown === undefined) return;
  const message = `Property '${unknown}' does not exist as a declared property or extension property.`;
  throw new GraphError('Request_BadRequest', message);
}
