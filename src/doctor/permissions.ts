import { randomUUID } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { AppError } from '../errors.ts';
import { EXIT } from '../exit-status.ts';
import { inWords } from '../failures/index.ts';
import { createGraphCall } from '../graph/index.ts';
import { adminConsentUrl, type ClientSettings } from '../identity/index.ts';
import { isObject } from '../json-object.ts';
import { type Finding, fault, unseen, well } from './finding.ts';
import { reach, Unreached } from './reach.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether Graph can be reached, and what the app may do there. @param token of the app as itself, if it got one */
export async function lookAtPermissions(
  config: Config,
  identity: ClientSettings,
  token: string | undefined,
  around: Surroundings,
): Promise<Finding[]> {
  const graph = await lookAtGraph(config.graphEndpoint, around);
  if (graph.state === 'fault') return [graph];
  const own = token === undefined ? [] : [await lookAsItself(config, token, around)];
  return [graph, ...own, await lookAtDelegated(config, identity, token, around)];
}

/** A request without a token is refused by Graph itself. */
async function lookAtGraph(endpoint: string, around: Surroundings): Promise<Finding> {
  try {
    const { response } = await reach(`${endpoint}/v1.0/me`, around);
    if (response.status === 401) return well('graph', `${endpoint} answers.`);
    return fault('graph', {
      what: `${endpoint} answered ${response.status}, where Graph answers 401.`,
      todo: 'Check GRAPH_ENDPOINT, and who answers there.',
      exitStatus: EXIT.upstream,
    });
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return fault('graph', { what: error.message, exitStatus: EXIT.upstream });
  }
}

async function lookAsItself(
  { graphEndpoint }: Config,
  token: string,
  { timeoutMs }: Surroundings,
): Promise<Finding> {
  const looked = 'application-permissions';
  const call = createGraphCall({ endpoint: graphEndpoint, timeoutMs });
  try {
    await call(() => Promise.resolve(token), {
      path: '/v1.0/users?$top=1&$select=id',
      correlationId: randomUUID(),
    });
    return well(looked, 'The app may read the users as itself, as the daemon does.');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'graph_forbidden')
      return fault(looked, inWords(error));
    return well(
      looked,
      'The app may not read the users as itself. Only the daemon needs that: User.Read.All, with an administrator’s consent.',
    );
  }
}

/** Who consented to what stands in the tenant, where apps may look only that may read the directory. */
async function lookAtDelegated(
  { graphEndpoint }: Config,
  identity: ClientSettings,
  token: string | undefined,
  { timeoutMs }: Surroundings,
): Promise<Finding> {
  const call = createGraphCall({ endpoint: graphEndpoint, timeoutMs });
  const path = `/v1.0/servicePrincipals(appId='${identity.clientId}')/oauth2PermissionGrants`;
  const request = { path, correlationId: randomUUID() };
  const read = token === undefined ? undefined : call(() => Promise.resolve(token), request);
  const body = await read?.then((response) => response.body).catch(() => undefined);
  const scopes = identity.scopes.map((scope) => scope.slice(scope.lastIndexOf('/') + 1));
  if (scopes.every((scope) => consentedIn(body).includes(scope)))
    return well(DELEGATED, `An administrator consented for everybody to ${scopes.join(' ')}.`);
  return unseen(DELEGATED, unseenWords(identity));
}

const DELEGATED = 'delegated-permissions';

/** What was consented to for everybody. */
function consentedIn(body: unknown): string[] {
  const rows = isObject(body) && Array.isArray(body.value) ? body.value.filter(isObject) : [];
  return rows
    .filter(({ consentType }) => consentType === 'AllPrincipals')
    .flatMap(({ scope }) => String(scope).split(' '));
}

function unseenWords({ authority, clientId, scopes, redirectUri }: ClientSettings): string {
  const what = `Whether people may use ${scopes.join(' ')} shows at the first sign-in.`;
  if (authority.tenant === 'consumers') return what;
  const url = authority.url.replace(/\/common$/, '/organizations');
  return `${what} An administrator can consent in advance: ${adminConsentUrl({ authority: url, clientId, scopes, redirectUri })}`;
}
