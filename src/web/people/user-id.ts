import type { Request } from 'express';
import { RequestError } from '../../errors.ts';
import { isUserId } from '../../graph/index.ts';

/** The id of the person that a path names. @throws RequestError for what is no id */
export function userIdOf(request: Request): string {
  const { id } = request.params;
  if (typeof id === 'string' && isUserId(id)) return id.toLowerCase();
  throw new RequestError('not_found', 404, 'There is no such person.');
}
