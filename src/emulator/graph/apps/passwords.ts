import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpResponse } from '../../http/index.ts';
import type { Row } from '../../odata/index.ts';
import type { Secret } from '../../registry/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson, graphNoContent } from '../graph-json.ts';
import { jsonBody } from '../json-body.ts';
import { notFound } from '../person.ts';
import { applicationOf, tenantToChange } from './access.ts';
import { passwordJson } from './application-json.ts';

/** POST /applications/{id}/addPassword: the only time that the secret is shown. */
export function addPassword(call: GraphCall): HttpResponse {
  tenantToChange(call);
  const app = applicationOf(call);
  const { displayName, endDateTime } = credentialIn(jsonBody(call.http));
  const now = call.world.now();
  const secret: Secret = {
    value: randomBytes(30).toString('base64url'),
    keyId: randomUUID(),
    expiresAt:
      typeof endDateTime === 'string' ? endDateTime : new Date(now + 2 * 365 * 86_400_000).toISOString(),
    ...(typeof displayName === 'string' ? { displayName } : {}),
  };
  call.world.putRegistration({ ...app, secrets: [...app.secrets, secret] });
  return graphJson(call.http, 'microsoft.graph.passwordCredential', {
    ...passwordJson(secret),
    secretText: secret.value,
    startDateTime: new Date(now).toISOString(),
  });
}

/** POST /applications/{id}/removePassword */
export function removePassword(call: GraphCall): HttpResponse {
  tenantToChange(call);
  const app = applicationOf(call);
  const { keyId } = jsonBody(call.http);
  const kept = app.secrets.filter((one) => passwordJson(one).keyId !== keyId);
  if (kept.length === app.secrets.length) throw notFound(String(keyId));
  call.world.putRegistration({ ...app, secrets: kept });
  return graphNoContent(call.http);
}

function credentialIn({ passwordCredential: value }: Row): Row {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
