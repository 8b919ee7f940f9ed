import { createHash } from 'node:crypto';
import { isPersonal } from './accounts.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import { BASIC_OR_FULL, findUser, graphJson, isOneself, OWN } from './graph.ts';
import { type Caller, requireAny, requirePerson } from './graph-caller.ts';
import { GraphError, graphHeaders } from './graph-error.ts';
import { type Colour, jpegOfSquares } from './jpeg.ts';
import type { World } from './world.ts';

/** The sizes in pixels that photos come in (wire reference G4). */
const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];
const LARGEST = 648;
const SQUARES = 6;

/** Newer documentation names a permission for photos alone (wire reference G1). */
const PHOTO_PERMISSIONS = [...BASIC_OR_FULL, 'ProfilePhoto.Read.All'];

/** Whose photo, in a path below /me or /users/{id}. @throws GraphError as for the user, or 404 without a photo */
function photoOwner(asked: Asked, world: World, caller: Caller): string {
  if (caller.kind === 'person' && isPersonal(caller.account))
    throw new GraphError('ConsumerPhotoIsNotSupported', 'Photos of personal accounts are not supported.');
  const id = ownerId(asked, world, caller);
  if (hasPhoto(id)) return id;
  throw new GraphError(
    'ImageNotFound',
    "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
  );
}

function ownerId(asked: Asked, world: World, caller: Caller): string {
  const isSelf = asked.id === '' || (caller.kind === 'person' && isOneself(asked.id, caller.account));
  if (!isSelf) return findUser(asked.id, world, caller, PHOTO_PERMISSIONS).id;
  const account = requirePerson(caller);
  requireAny(caller, [...OWN, ...PHOTO_PERMISSIONS]);
  return account.objectId;
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
export function photoValue(asked: Asked, world: World, caller: Caller): Answer {
  const id = photoOwner(asked, world, caller);
  return {
    status: 200,
    headers: { ...graphHeaders(asked), 'Content-Type': 'image/jpeg' },
    body: photoOf(id, sizeIn(asked.path)),
  };
}

/** GET …/photo, …/photos/{size} and …/photos: what there is, without the picture. */
export function photoMetadata(asked: Asked, world: World, caller: Caller): Answer {
  const id = photoOwner(asked, world, caller);
  const describe = (size: number) => ({
    '@odata.mediaContentType': 'image/jpeg',
    '@odata.mediaEtag': `"${digestOf(id).toString('hex', 0, 8)}"`,
    id: `${size}x${size}`,
    height: size,
    width: size,
  });
  if (asked.path.endsWith('/photos'))
    return graphJson(asked, `users('${id}')/photos`, { value: SIZES.map(describe) });
  return graphJson(asked, `users('${id}')/photo/$entity`, describe(sizeIn(asked.path)));
}

/** A symmetric pattern in a colour of the person's own. */
function photoOf(id: string, size: number): Buffer {
  const digest = digestOf(id);
  const ink: Colour = { y: 110, cb: digest[2] ?? 0, cr: digest[3] ?? 0 };
  const paper: Colour = { y: 225, cb: 128, cr: 128 };
  const blocks = size / 8;
  const cell = (at: number): number => Math.floor((at * SQUARES) / blocks);
  return jpegOfSquares(blocks, (column, row) => {
    const folded = Math.min(cell(column), SQUARES - 1 - cell(column));
    const bit = (digest[4 + folded] ?? 0) >> cell(row);
    return (bit & 1) === 1 ? ink : paper;
  });
}
