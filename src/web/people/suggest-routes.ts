import type { Request, RequestHandler } from 'express';
import { RequestError } from '../../errors.ts';
import { type DirectoryUser, listUsers } from '../../graph/index.ts';
import { goneSignal, publicPath, sessionRateLimit, singleParameters } from '../../http/index.ts';
import { type DirectoryAccess, MAX_SEARCH_CHARACTERS, readSearch } from '../directory/index.ts';
import { requireSession } from '../signed-in.ts';
import { personView } from './person-view.ts';

/** More than anybody looks through while typing. */
const MOST = 8;
/** Faster than anybody types with pauses. */
const PER_MINUTE = 120;
/** Long enough for somebody who takes a letter back. */
const KEPT = 'private, max-age=60';

/** Counts what one session asks for, also where nobody has to be asked. @throws RequestError for a visitor */
export function suggestionsLimit(): RequestHandler {
  return sessionRateLimit(PER_MINUTE, (request) => requireSession(request).key);
}

/** Some people that match what was typed, for scripts: under the names of the file of everybody, with their pages. */
export function suggestions({ graph, graphEndpoint }: DirectoryAccess): RequestHandler {
  return async (request, response) => {
    const { search } = readSearch(singleParameters(request.query));
    if (search !== undefined && search.length > MAX_SEARCH_CHARACTERS)
      throw new RequestError('bad_request', 400, `A search has at most ${MAX_SEARCH_CHARACTERS} characters.`);
    const query = { top: MOST, correlationId: request.id, signal: goneSignal(response) };
    const { people } =
      search === undefined
        ? { people: [] }
        : await listUsers(graph, graphEndpoint, request.entra.token, { ...query, search });
    // A browser keeps them for this session only: the next one has another cookie.
    response.set('Cache-Control', KEPT).vary('Cookie');
    response.json({ people: people.flatMap((user) => suggestionOf(request, user)) });
  };
}

/** Nobody without a page can be chosen. */
function suggestionOf(request: Request, user: DirectoryUser): object[] {
  const { name, href } = personView(user, user.id);
  return href === undefined ? [] : [{ ...user, name, url: publicPath(request, href) }];
}
