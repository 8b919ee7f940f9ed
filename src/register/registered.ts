import { GRAPH_APP_ID } from '../clouds.ts';
import type { RegistrationSettings } from '../config/index.ts';
import { ConfigurationError } from '../errors.ts';
import { type Api, ApiError } from '../graph/index.ts';
import { memberOf, quoted, type Row, rowsOf, textOf, textsOf } from './rows.ts';
import type { Wishes } from './wishes.ts';

/** What is registered now. */
export interface Registered {
  /** Absent: it has to be made. */
  app: Row | undefined;
  /** The app in this tenant. */
  principal: Row | undefined;
  federated: readonly Row[];
  /** Microsoft Graph in this tenant, which knows the ids of its permissions. */
  graph: Row;
  /** The API of the delegated permissions; mostly Graph too. */
  api: Row;
}

/** Reads it. @throws ConfigurationError where it is not clear which app is meant; ApiError */
export async function readRegistered(
  graph: Api,
  { clientId }: RegistrationSettings,
  wishes: Wishes,
): Promise<Registered> {
  const app = clientId === undefined ? await appByName(graph, wishes) : await appById(graph, clientId);
  const graphPrincipal = await principalNamed(graph, GRAPH_APP_ID);
  return {
    app,
    principal:
      app === undefined
        ? undefined
        : await found(graph, `/v1.0/servicePrincipals(appId='${textOf(app, 'appId')}')`),
    federated:
      app === undefined
        ? []
        : await rowsOf(graph, `/v1.0/applications/${textOf(app, 'id')}/federatedIdentityCredentials`),
    graph: graphPrincipal,
    api: wishes.api === 'graph' ? graphPrincipal : await principalNamed(graph, wishes.api),
  };
}

async function appById(graph: Api, clientId: string): Promise<Row> {
  const app = await found(graph, `/v1.0/applications(appId='${clientId}')`);
  if (app !== undefined) return app;
  throw new ConfigurationError([
    `CLIENT_ID ${clientId} is no application of this tenant: sign in to its own (--tenant), or empty CLIENT_ID to have a new one made`,
  ]);
}

/** One that an earlier run made and could not write down; never somebody else's of the same name. */
async function appByName(graph: Api, { name, redirectUris }: Wishes): Promise<Row | undefined> {
  const [app, ...more] = await rowsOf(graph, `/v1.0/applications?$filter=displayName eq ${quoted(name)}`);
  if (app === undefined) return undefined;
  const ids = [app, ...more].map((each) => textOf(each, 'appId')).join(', ');
  if (more.length > 0)
    throw new ConfigurationError([
      `several applications are called ${name} (${ids}): put the id of the one that is meant into CLIENT_ID, or choose another --name`,
    ]);
  if (textsOf(memberOf(app, 'web'), 'redirectUris').every((uri) => redirectUris.includes(uri))) return app;
  throw new ConfigurationError([
    `an application with other addresses is called ${name} (${ids}): put its id into CLIENT_ID if it is meant, or choose another --name`,
  ]);
}

async function principalNamed(graph: Api, name: string): Promise<Row> {
  const filter = /^[\da-f-]{36}$/i.test(name)
    ? `appId eq ${quoted(name)}`
    : `servicePrincipalNames/any(n:n eq ${quoted(name)})`;
  const [principal] = await rowsOf(graph, `/v1.0/servicePrincipals?$filter=${filter}`);
  if (principal !== undefined) return principal;
  throw new ConfigurationError([`SCOPE names an API that is not known in this tenant`]);
}

/** @returns undefined for what is not there */
async function found(graph: Api, path: string): Promise<Row | undefined> {
  try {
    return (await graph.get(path)) as Row;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
