import type { Request, RequestHandler, Response } from 'express';
import {
  type AccessTokenSource,
  type Photo,
  type PhotoSize,
  readPhoto,
  readUser,
} from '../../graph/index.ts';
import { goneSignal, singleParameters } from '../../http/index.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { LARGE_PHOTO } from '../layout/index.ts';
import { requireSession } from '../signed-in.ts';
import { initialsPicture } from './initials-picture.ts';
import { personView } from './person-view.ts';
import { createTurns } from './turns.ts';
import { userIdOf } from './user-id.ts';

/** Photos that are fetched at once for one session; the others of a page wait for their turn. */
const AT_ONCE = 4;
const MAX_WAITING = 1_000;
const ONE_DAY_SECONDS = 86_400;
/** Initials that stand for a photo which could not be fetched now. */
const SOON_SECONDS = 60;
/** A picture can run nothing and load nothing, wherever it is opened; initials bring two colours of their own. */
const PICTURE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox";

type Given = { correlationId: string; signal: AbortSignal };

/** Whose photo, how large, and what a page of people says of them. */
type Shown = { id: string; size: PhotoSize; initials: string | undefined };

/** A photo, or what stands for one. */
type Picture = Photo | { initials: string };

/** One photo, or initials where there is none or none can be had now: a page full of people shows no errors. */
export function photo(settings: DirectoryAccess): RequestHandler {
  const turns = createTurns(AT_ONCE, MAX_WAITING);
  return async (request, response) => {
    const shown = { id: userIdOf(request), ...readShown(request) };
    const { key } = requireSession(request);
    const signal = goneSignal(response);
    const fetch = async () =>
      signal.aborted
        ? undefined
        : fetchPicture(settings, shown, request.entra.token, { correlationId: request.id, signal });
    const picture = await turns.take(key, fetch).catch(() => undefined);
    response.set('Content-Security-Policy', PICTURE_POLICY);
    response.set(
      'Cache-Control',
      `private, max-age=${picture === undefined ? SOON_SECONDS : ONE_DAY_SECONDS}`,
    );
    sendPicture(response, shown.id, picture ?? { initials: shown.initials ?? '' });
  };
}

async function fetchPicture(
  { graph }: DirectoryAccess,
  { id, size, initials }: Shown,
  token: AccessTokenSource,
  given: Given,
): Promise<Picture> {
  const found = await readPhoto(graph, token, id, { ...given, size });
  if (found !== undefined) return found;
  if (initials !== undefined) return { initials };
  return { initials: personView(await readUser(graph, token, id, given), '').initials };
}

/** A page of people knows their initials, and spares a question for the name. */
function readShown(request: Request): Omit<Shown, 'id'> {
  const { initials = '', size } = singleParameters(request.query);
  return {
    size: size === String(LARGE_PHOTO) ? LARGE_PHOTO : 48,
    initials: /^[\p{L}\p{M}\p{N}]{1,8}$/u.test(initials) ? initials : undefined,
  };
}

function sendPicture(response: Response, id: string, picture: Picture): void {
  if ('bytes' in picture) response.type(picture.type).send(picture.bytes);
  else response.type('image/svg+xml').send(initialsPicture(picture.initials, id));
}
