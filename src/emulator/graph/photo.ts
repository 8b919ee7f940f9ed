import { createHash } from 'node:crypto';
import { portraitOf } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { GraphError, graphHeaders } from '../odata/index.ts';
import { isPersonal } from '../registry/index.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson } from './graph-json.ts';
import { BASIC_OR_FULL, OWN, subjectOf } from './person.ts';

/** The sizes in pixels that photos come in (wire reference G4). */
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];
const LARGEST = 648;

/** Newer documentation names a permission for photos alone (wire reference G1). */
const PHOTO_PERMISSIONS = [...BASIC_OR_FULL, 'ProfilePhoto.Read.All'];

/** Whose photo, in a path below /me or /users/{id}. @throws GraphError as for the user, or 404 without a photo */
function photoOwner(call: GraphCall): string {
  const { caller } = call;
  if (caller.kind === 'person' && isPersonal(caller.account))
    throw new GraphError('ConsumerPhotoIsNotSupported', 'Photos of personal accounts are not supported.');
  const { id } = subjectOf(call, PHOTO_PERMISSIONS, OWN);
  if (hasPhoto(id)) return id;
  throw new GraphError(
    'ImageNotFound',
    "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
  );
}

/** Two of three people have a photo. */
function hasPhoto(id: string): boolean {
  return (digestOf(id)[1] ?? 0) % 3 !== 0;
}

function digestOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

/** The size of a path `/photos/48x48`, else the largest. @throws GraphError 400 for a size there is not */
function sizeIn(path: string): number {
  const [, width, height] = /\/photos\/(\d+)x(\d+)(\/|$)/i.exec(path) ?? [];
  if (width === undefined) return LARGEST;
  if (width === height && SIZES.includes(Number(width))) return Number(width);
  throw new GraphError('BadRequest', `The photo size ${width}x${height} is not supported.`);
}

/** GET …/photo/$value and …/photos/{size}/$value (wire reference G4). */
export function photoValue(call: GraphCall): HttpResponse {
  const { http } = call;
  const id = photoOwner(call);
  return {
    status: 200,
    headers: { ...graphHeaders(http), 'Content-Type': 'image/jpeg' },
    body: portraitOf(digestOf(id)[2] ?? 0, sizeIn(http.path)),
  };
}

/** GET …/photo, …/photos/{size} and …/photos: what there is, without the picture. */
export function photoMetadata(call: GraphCall): HttpResponse {
  const { http } = call;
  const id = photoOwner(call);
  const describe = (size: number) => ({
    '@odata.mediaContentType': 'image/jpeg',
    '@odata.mediaEtag': `"${digestOf(id).toString('hex', 0, 8)}"`,
    id: `${size}x${size}`,
    height: size,
    width: size,
  });
  if (/\/photos\/?$/i.test(http.path))
    return graphJson(http, `users('${id}')/photos`, { value: SIZES.map(describe) });
  return graphJson(http, `users('${id}')/photo/$entity`, describe(sizeIn(http.path)));
}
