import { readUser } from '../graph/user.ts';
import type { DirectoryRouteSettings } from './directory-routes.ts';
import { goneSignal, type SignedInHandler } from './for-signed-in.ts';
import { userIdOf } from './user-id.ts';

/** One person of the directory, with what the app may see of them. */
export function personPage({ graph, tokens, pages, frameOf }: DirectoryRouteSettings): SignedInHandler {
  return async (request, response, session) => {
    const correlationId = String(request.id);
    const token = tokens.of(session, correlationId);
    const given = { correlationId, signal: goneSignal(response) };
    const person = await readUser(graph, token, userIdOf(request), given);
    response.type('html').send(pages.person(frameOf(request), { person }));
  };
}
