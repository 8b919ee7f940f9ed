import type { AppError } from '../../errors.ts';
import { type AccessTokenSource, type CallGiven, type GraphCall, responseRefused } from '../client/index.ts';
import { imageTypeOf } from './image-type.ts';

/** A picture of a person. */
export interface Photo {
  type: string;
  bytes: Buffer;
}

/** The sides of photos that are asked for, in pixels: in a list, and on a page about one person. */
export type PhotoSize = 48 | 240;

/** Of 48 pixels, a photo takes a few kilobytes; of 240, some ten. */
const MAX_BYTES = 256 * 1024;

/** The largest one, of 648 pixels, takes some hundred. */
const MAX_LARGEST_BYTES = 1024 * 1024;

/**
 * A person's photo in a size, or in whatever other size there is one (Microsoft Graph: Get profilePhoto).
 * @param id of a user, already judged
 * @returns undefined where there is none
 */
export async function readPhoto(
  call: GraphCall,
  token: AccessTokenSource,
  id: string,
  { size, ...given }: CallGiven & { size: PhotoSize },
): Promise<Photo | undefined> {
  const read = (path: string, maxBytes: number) =>
    readBytes(call, token, { ...given, path: `/v1.0/users/${id}/${path}`, maxBytes });
  const bytes =
    (await read(`photos/${size}x${size}/$value`, MAX_BYTES)) ??
    (await read('photo/$value', MAX_LARGEST_BYTES));
  return bytes === undefined ? undefined : photoOf(bytes);
}

async function readBytes(
  call: GraphCall,
  token: AccessTokenSource,
  request: CallGiven & { path: string; maxBytes: number },
): Promise<Buffer | undefined> {
  try {
    const { body } = await call(token, {
      ...request,
      headers: { Accept: 'image/*' },
      responseType: 'bytes',
    });
    return body as Buffer;
  } catch (error) {
    if ((error as AppError).code === 'graph_not_found') return undefined;
    throw error;
  }
}

function photoOf(bytes: Buffer): Photo {
  const type = imageTypeOf(bytes);
  if (type !== undefined) return { type, bytes };
  throw responseRefused('The photo of Microsoft Graph is no picture.');
}
