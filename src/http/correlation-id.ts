import { randomUUID } from 'node:crypto';
import { isGuid } from '../guid.ts';

const drawn = new WeakMap<object, string>();

/** The id by which logs, pages and the platform know a request: its own where that is one, else one drawn for it. */
export function correlationIdOf(request: { id?: unknown }): string {
  if (isGuid(request.id)) return request.id;
  const id = drawn.get(request) ?? randomUUID();
  drawn.set(request, id);
  return id;
}
