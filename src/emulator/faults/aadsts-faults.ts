import { z } from 'zod';
import { AadstsError, incidentOf, orError, rowOf } from '../aadsts/index.ts';
import {
  type AuthorizationTarget,
  authorizationFields,
  deliverError,
  readTarget,
} from '../authorize/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { errorPage } from '../pages/index.ts';
import { GRAPH_APP_ID } from '../registry/index.ts';
import { tokenError } from '../token/index.ts';
import { type FaultKind, type FaultScene, faultKind } from './fault.ts';

const form = z.strictObject({
  code: z.number().int().positive(),
  error: z.string().optional(),
  text: z.string().optional(),
  status: z.number().int().min(200).max(599).optional(),
  suberror: z.string().optional(),
  claims: z.string().optional(),
  /** Where the authorization endpoint shows it; the number decides when it is left out. */
  as: z.enum(['page', 'redirect']).optional(),
});
type Settings = z.infer<typeof form>;

/** Any AADSTS number, in its own words, at its own place: a page, a redirect or a JSON body (wire reference B5 to C6). */
export const AADSTS_FAULTS: readonly FaultKind[] = [
  faultKind('aadsts', form, (settings) => ({
    replace(scene) {
      const { http, world } = scene;
      if (isAuthorization(http)) return failAuthorization(scene, settings);
      return tokenError(http, errorWith(settings, http), world);
    },
  })),
];

function isAuthorization({ path }: HttpRequest): boolean {
  return /\/authorize(\/continue)?$/.test(path);
}

/** What the settings leave open, the number's own row says; a number without a row is an `invalid_grant`. */
function errorWith(settings: Settings, http: HttpRequest): AadstsError {
  const row = rowOf(settings.code);
  const whole = {
    ...row,
    text: settings.text ?? row?.text ?? 'The emulator was told to refuse this.',
    error: settings.error ?? row?.error ?? 'invalid_grant',
    status: settings.status ?? row?.status,
    suberror: settings.suberror ?? row?.suberror,
  };
  const fields = { ...http.query, ...http.body };
  const details = {
    client: fields.client_id ?? '',
    name: fields.client_id ?? '',
    tenant: http.tenant,
    resource: `'${GRAPH_APP_ID}'`,
  };
  return new AadstsError(settings.code, whole, details, settings.claims);
}

/** Only a request whose redirect URI is good can be answered at the app; another gets the page it would have got. */
function failAuthorization({ http, world }: FaultScene, settings: Settings): HttpResponse | undefined {
  const target = orError<AuthorizationTarget | undefined>(
    () => readTarget(http, world),
    () => undefined,
  );
  if (target === undefined) return undefined;
  const error = errorWith(settings, http);
  const incident = incidentOf(http, world.now());
  const isSilent = authorizationFields(http).prompt === 'none';
  const isPage = settings.as === undefined ? error.row.page === true && !isSilent : settings.as === 'page';
  if (isPage) return errorPage(error, incident);
  const isForToken = settings.error === undefined && error.error === 'invalid_grant';
  return deliverError(target, isForToken ? error.with({ error: 'interaction_required' }) : error, incident);
}
