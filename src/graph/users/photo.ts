import { type AppError, UpstreamError } from '../../errors.ts';
import type { AccessTokenSource, GraphCall } from '../client/index.ts';
import { imageTypeOf } from './image-type.ts';

/** A picture of a person. */
export interface Photo {
  type: string;
  bytes: Buffer;
}

/** A photo of 48 pixels takes a few kilobytes. */
const MAX_BYTES = 256 * 1024;

/**
 * A person's photo in the smallest size (Microsoft Graph: Get profilePhoto).
 * @param id of a user, already judged
 * @returns undefined where there is none
 */
export async function readPhoto(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  given: { correlationId: string; signal?: AbortSignal },
): Promise<Photo | undefined> {
  try {
    const { body } = await call(token, {
      ...given,
      path: `/v1.0/users/${id}/photos/48x48/$value`,
      headers: { Accept: 'image/*' },
      responseType: 'bytes',
      maxBytes: MAX_BYTES,
    });
    return photoOf(body as Buffer);
  } catch (error) {
    if ((error as AppError).code === 'graph_not_found') return undefined;
    throw error;
  }
}

function photoOf(bytes: Buffer): Photo {
  const type = imageTypeOf(bytes);
  if (type !== undefined) return { type, bytes };
  throw new UpstreamError('graph_answer_refused', 502, 'The photo of Microsoft Graph is no picture.');
}
