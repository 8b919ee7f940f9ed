import { guidFor, type HttpResponse } from '../../http/index.ts';
import { GraphError, type Row } from '../../odata/index.ts';
import type { FederatedCredential, Registration } from '../../registry/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson, graphNoContent } from '../graph-json.ts';
import { jsonBody, requiredText } from '../json-body.ts';
import { notFound } from '../person.ts';
import { applicationOf, listed, tenantToChange, tenantToRead } from './access.ts';

const ENTITY = {
  name: 'federatedIdentityCredential',
  filterable: ['id', 'name', 'issuer', 'subject'],
};
/** MGD application-post-federatedidentitycredentials.md */
const MOST = 20;

const nameOf = ({ name, subject }: FederatedCredential): string => name ?? subject;
const idOf = (one: FederatedCredential, { clientId }: Registration): string =>
  guidFor(`federated credential ${nameOf(one)} of ${clientId}`);

function jsonOf(one: FederatedCredential, app: Registration): Row {
  const { issuer, subject, audience } = one;
  return { id: idOf(one, app), name: nameOf(one), issuer, subject, description: null, audiences: [audience] };
}

/** GET /applications/{id}/federatedIdentityCredentials */
export function federatedCredentials(call: GraphCall): HttpResponse {
  tenantToRead(call);
  const app = applicationOf(call);
  const rows = app.federatedCredentials.map((one) => jsonOf(one, app));
  return listed(rows, 'applications/federatedIdentityCredentials', ENTITY, call);
}

/** POST /applications/{id}/federatedIdentityCredentials */
export function addFederatedCredential(call: GraphCall): HttpResponse {
  tenantToChange(call);
  const app = applicationOf(call);
  const body = jsonBody(call.http);
  const textOf = (name: string): string => requiredText(body, name, 'FederatedIdentityCredential');
  const named = { name: textOf('name'), issuer: textOf('issuer'), subject: textOf('subject') };
  const made = { ...named, audience: audienceIn(body) };
  refuseTaken(made, app.federatedCredentials);
  call.world.putRegistration({ ...app, federatedCredentials: [...app.federatedCredentials, made] });
  return graphJson(call.http, 'applications/federatedIdentityCredentials/$entity', jsonOf(made, app), 201);
}

function audienceIn({ audiences }: Row): string {
  const [audience, ...more] = Array.isArray(audiences) ? audiences : [];
  if (typeof audience === 'string' && more.length === 0) return audience;
  throw new GraphError('Request_BadRequest', "The property 'audiences' takes a single value.");
}

function refuseTaken(made: FederatedCredential, all: readonly FederatedCredential[]): void {
  const isSame = (one: FederatedCredential) => one.issuer === made.issuer && one.subject === made.subject;
  if (all.some((one) => nameOf(one) === nameOf(made) || isSame(one)))
    throw new GraphError(
      'Request_MultipleObjectsWithSameKeyValue',
      'FederatedIdentityCredential with this name, or with this issuer and subject, already exists.',
    );
  if (all.length >= MOST)
    throw new GraphError('Request_BadRequest', `An application has ${MOST} federated credentials at most.`);
}

/** PATCH /applications/{id}/federatedIdentityCredentials/{credential}; its name stays as it is */
export function changeFederatedCredential(call: GraphCall): HttpResponse {
  tenantToChange(call);
  const app = applicationOf(call);
  const body = jsonBody(call.http);
  const [before, others] = credentialOf(call, app);
  const { issuer = before.issuer, subject = before.subject } = body;
  const audience = body.audiences === undefined ? before.audience : audienceIn(body);
  const after = { ...before, issuer: String(issuer), subject: String(subject), audience };
  refuseTaken(after, others);
  call.world.putRegistration({ ...app, federatedCredentials: [...others, after] });
  return graphNoContent(call.http);
}

/** The one that the path names, and the others. */
function credentialOf(
  { params: { credential = '' } }: GraphCall,
  app: Registration,
): [FederatedCredential, FederatedCredential[]] {
  const all = app.federatedCredentials;
  const named = all.find((one) => [idOf(one, app), nameOf(one)].includes(credential));
  if (named === undefined) throw notFound(credential);
  return [named, all.filter((one) => one !== named)];
}

/** DELETE /applications/{id}/federatedIdentityCredentials/{credential} */
export function removeFederatedCredential(call: GraphCall): HttpResponse {
  tenantToChange(call);
  const app = applicationOf(call);
  const [, kept] = credentialOf(call, app);
  call.world.putRegistration({ ...app, federatedCredentials: kept });
  return graphNoContent(call.http);
}
