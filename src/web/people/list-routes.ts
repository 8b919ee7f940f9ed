import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../../errors.ts';
import { listUsers, readMe, type UsersResponse } from '../../graph/index.ts';
import { goneSignal, sendPage, singleParameters } from '../../http/index.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import {
  MAX_SEARCH_CHARACTERS,
  type PeopleQuery,
  pagesAround,
  peopleUrl,
  readPeopleQuery,
} from '../directory/index.ts';
import { failureReport } from '../failure/index.ts';
import { requireSession } from '../signed-in.ts';
import { readEveryone } from './everyone.ts';
import type { PeoplePages } from './people-pages.ts';
import { createTurns, type Turns } from './turns.ts';
import type { UsersPage } from './users-view.ts';

/** Long lists that are read at once for one session, and that wait for their turn. */
const LONG_AT_ONCE = 2;
const LONG_WAITING = 4;
const RETRY_AFTER_SECONDS = 5;

/** A page of people, or the own profile of a personal account, which has no directory. */
export function peoplePage(
  settings: DirectoryAccess & { pages: Pick<PeoplePages, 'users' | 'profile'> },
): RequestHandler {
  const { pages, frameOf, totals } = settings;
  const turns = createTurns(LONG_AT_ONCE, LONG_WAITING);
  return async (request, response) => {
    const ask = askerOf({ ...settings, turns }, request, response);
    const { account } = request.entra;
    if (account?.kind === 'personal') {
      sendPage(response, pages.profile(frameOf(request), { profile: await ask.me() }));
      return;
    }
    const model = await usersModel(ask, readPeopleQuery(singleParameters(request.query)));
    if (isWholeDirectory(model)) totals.learn(account, model.total);
    sendPage(response, pages.users(frameOf(request), model));
  };
}

/** Only the first page of everybody is counted by Graph; later ones repeat what the address says. */
function isWholeDirectory(model: UsersPage): model is UsersPage & { total: number } {
  return model.search === undefined && model.firstUrl === undefined && model.total !== undefined;
}

type Asker = ReturnType<typeof askerOf>;

function askerOf(
  { graph, graphEndpoint, turns }: DirectoryAccess & { turns: Turns },
  request: Request,
  response: Response,
) {
  const { token } = request.entra;
  const given = { correlationId: request.id, signal: goneSignal(response) };
  const everyone = async ({ search, cursor, plain = false }: Omit<PeopleQuery, 'top'>) => {
    const { next, ...read } = await readEveryone(
      graph,
      graphEndpoint,
      token,
      {
        ...given,
        ...(search === undefined ? {} : { search }),
        ...(cursor === undefined ? {} : { from: { cursor, plain } }),
      },
      (error) => {
        response.locals.failure = failureReport(error);
      },
    );
    return { ...read, ...(next === undefined ? {} : next) };
  };
  return {
    me: () => readMe(graph, token, given),
    users: ({ top, ...query }: PeopleQuery): Promise<UsersResponse & { brokeOff?: boolean }> =>
      top === 'all'
        ? inTurn(turns, requireSession(request).key, () => everyone(query))
        : listUsers(graph, graphEndpoint, token, { ...query, ...given, top }),
  };
}

/** Thousands of people are many questions to Graph and megabytes of page: a session has a few such lists at once. */
async function inTurn<Result>(turns: Turns, key: string, read: () => Promise<Result>): Promise<Result> {
  const result = await turns.take(key, read);
  if (result !== undefined) return result;
  throw new RequestError('too_many_lists', 429, 'This session has too many long lists under way.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/** A search that is too long to be meant is answered without asking Graph. */
async function usersModel(ask: Asker, query: PeopleQuery): Promise<UsersPage> {
  const { search = '' } = query;
  if (search.length > MAX_SEARCH_CHARACTERS)
    return { ...query, people: [], incomplete: false, tooLong: true };
  return usersPage(query, await ask.users(query));
}

function usersPage(query: PeopleQuery, found: UsersResponse & { brokeOff?: boolean }): UsersPage {
  const { people, cursor, incomplete, plain, brokeOff = false } = found;
  const total = found.total ?? query.total;
  const shown = { ...query, plain, ...(total === undefined ? {} : { total }) };
  return {
    ...shown,
    url: peopleUrl(shown),
    ...pagesAround(shown, cursor),
    people,
    incomplete,
    brokeOff,
    beginningsOnly: plain && query.search !== undefined,
  };
}
