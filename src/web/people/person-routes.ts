import { readUser } from '../../graph/index.ts';
import { goneSignal, sendPage, singleParameters } from '../../http/index.ts';
import type { SignedInHandler } from '../../sign-in/index.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { peopleUrl, readPeopleQuery } from '../directory/index.ts';
import type { PeoplePages } from './people-pages.ts';
import { userIdOf } from './user-id.ts';

/** One person of the directory, with what the app may see of them, and back to the list that the address names. */
export function personPage({
  graph,
  tokens,
  pages,
  frameOf,
}: DirectoryAccess & { pages: Pick<PeoplePages, 'person'> }): SignedInHandler {
  return async (request, response, session) => {
    const listUrl = peopleUrl(readPeopleQuery(singleParameters(request.query)));
    const correlationId = request.id;
    const token = tokens.of(session, correlationId);
    const given = { correlationId, signal: goneSignal(response) };
    const person = await readUser(graph, token, userIdOf(request), given);
    sendPage(response, pages.person(frameOf(request), { person, listUrl }));
  };
}
