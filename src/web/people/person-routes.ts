import type { Request, RequestHandler } from 'express';
import { readUser, readUserWhole, showsWholeUsers } from '../../graph/index.ts';
import { goneSignal, sendPage, singleParameters } from '../../http/index.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { type PeopleQuery, peopleUrl, readPeopleQuery } from '../directory/index.ts';
import { type Frame, PATHS, queryOf } from '../layout/index.ts';
import type { PeoplePages } from './people-pages.ts';
import { userIdOf } from './user-id.ts';

/** One person of the directory, with what the app may see of them, and the way back to the list that led here. */
export function personPage({
  graph,
  pages,
  frameOf,
}: DirectoryAccess & { pages: Pick<PeoplePages, 'person'> }): RequestHandler {
  return async (request, response) => {
    const listUrl = peopleUrl(listOf(request));
    const given = { correlationId: request.id, signal: goneSignal(response) };
    const { granted, optional } = await request.entra.granted();
    const read = granted.some(showsWholeUsers) ? readUserWhole : readUser;
    const person = await read(graph, request.entra.token, userIdOf(request), given);
    const askFor = read === readUser ? optional.filter(showsWholeUsers) : [];
    sendPage(response, pages.person(frameWith(frameOf(request), listUrl), { person, listUrl, askFor }));
  };
}

/** The list that the address names; else the one that the browser came from. */
function listOf(request: Request): PeopleQuery {
  const named = singleParameters(request.query);
  if (Object.keys(named).length > 0) return readPeopleQuery(named);
  return listIn(request.get('Referer') ?? '') ?? readPeopleQuery({});
}

/** Anybody can send any address; of this one nothing but a query of the list is taken, and that in our own spelling. */
function listIn(referer: string): PeopleQuery | undefined {
  try {
    const { pathname, searchParams } = new URL(referer);
    if (!pathname.endsWith(PATHS.people)) return undefined;
    return readPeopleQuery(singleParameters(Object.fromEntries(searchParams)));
  } catch {
    return undefined;
  }
}

/** A browser that comes here from another language or appearance says no longer where it came from before. */
function frameWith(frame: Frame, listUrl: string): Frame {
  return frame.path.includes('?') ? frame : { ...frame, path: `${frame.path}${queryOf(listUrl)}` };
}
