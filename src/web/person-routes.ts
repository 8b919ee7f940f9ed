import { readUser } from '../graph/user.ts';
import type { DirectoryRouteSettings } from './directory-routes.ts';
import { goneSignal, type SignedInHandler } from './for-signed-in.ts';
import { singleParameters } from './parameters.ts';
import { peopleUrl, readPeopleQuery } from './people-query.ts';
import { sendPage } from './send-page.ts';
import { userIdOf } from './user-id.ts';

/** One person of the directory, with what the app may see of them, and back to the list that the address names. */
export function personPage({ graph, tokens, pages, frameOf }: DirectoryRouteSettings): SignedInHandler {
  return async (request, response, session) => {
    const listUrl = peopleUrl(readPeopleQuery(singleParameters(request.query)));
    const correlationId = request.id;
    const token = tokens.of(session, correlationId);
    const given = { correlationId, signal: goneSignal(response) };
    const person = await readUser(graph, token, userIdOf(request), given);
    sendPage(response, pages.person(frameOf(request), { person, listUrl }));
  };
}
