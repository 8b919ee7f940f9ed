import { readUser } from '../graph/user.ts';
import type { DirectoryRouteSettings } from './directory-routes.ts';
import { goneSignal, type SignedInHandler } from './for-signed-in.ts';
import { sendPage } from './send-page.ts';
import { userIdOf } from './user-id.ts';

/** One person of the directory, with what the app may see of them. */
export function personPage({ graph, tokens, pages, frameOf }: DirectoryRouteSettings): SignedInHandler {
  return async (request, response, session) => {
    const correlationId = request.id;
    const token = tokens.of(session, correlationId);
    const given = { correlationId, signal: goneSignal(response) };
    const person = await readUser(graph, token, userIdOf(request), given);
    sendPage(response, pages.person(frameOf(request), { person }));
  };
}
