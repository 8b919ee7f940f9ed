import { z } from 'zod';
import { AadstsError, asError, filled, refusalBody, rowOf } from './aadsts.ts';
import { GRAPH_APP_ID } from './access-token.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './asked.ts';
import { deliverRefusal, incidentOf } from './authorization-answer.ts';
import { type AuthorizationTarget, authorizationFields, readTarget } from './authorization-request.ts';
import { type FaultKind, type FaultScene, faultKind } from './fault.ts';
import { refusalPage } from './refusal-page.ts';
import { tokenJson } from './token.ts';
import type { World } from './world.ts';

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
    replace: (scene) =>
      isAuthorization(scene.asked) ? refuseAuthorization(scene, settings) : refuseInJson(scene, settings),
  })),
];

function isAuthorization({ path }: Asked): boolean {
  return /\/authorize(\/continue)?$/.test(path);
}

/** What the settings leave open, the number's own row says; a number without a row is an `invalid_grant`. */
function refusedWith(settings: Settings, asked: Asked): AadstsError {
  const row = rowOf(settings.code);
  const text = settings.text ?? row?.text ?? 'The stand-in was told to refuse this.';
  const whole = {
    ...row,
    text,
    error: settings.error ?? row?.error ?? 'invalid_grant',
    status: settings.status ?? row?.status,
    suberror: settings.suberror ?? row?.suberror,
  };
  const fields = { ...asked.query, ...asked.body };
  const details = {
    client: fields.client_id ?? '',
    name: fields.client_id ?? '',
    tenant: asked.tenant,
    resource: `'${GRAPH_APP_ID}'`,
  };
  return new AadstsError(settings.code, whole, filled(text, details), settings.claims);
}

function refuseInJson({ asked, world }: FaultScene, settings: Settings): Answer {
  const refused = refusedWith(settings, asked);
  return tokenJson(asked, refused.status, refusalBody(refused, incidentOf(asked, world.now())));
}

/** Only a request whose redirect URI is good can be answered at the app; another gets the page it would have got. */
function refuseAuthorization({ asked, world }: FaultScene, settings: Settings): Answer | undefined {
  const target = targetOf(asked, world);
  if (target === undefined) return undefined;
  const refused = refusedWith(settings, asked);
  const incident = incidentOf(asked, world.now());
  const isSilent = authorizationFields(asked).prompt === 'none';
  const isPage = settings.as === undefined ? refused.row.page === true && !isSilent : settings.as === 'page';
  if (isPage) return refusalPage(refused, incident);
  const isForToken = settings.error === undefined && refused.error === 'invalid_grant';
  return deliverRefusal(target, isForToken ? asError(refused, 'interaction_required') : refused, incident);
}

function targetOf(asked: Asked, world: World): AuthorizationTarget | undefined {
  try {
    return readTarget(asked, world);
  } catch (refused) {
    if (refused instanceof AadstsError) return undefined;
    throw refused;
  }
}
