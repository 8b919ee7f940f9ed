import { aadstsError } from '../aadsts/index.ts';
import { type Fields, isVersion1 } from '../http/index.ts';
import { type Asking, checkResourceParameter, onlyApi, readRequestedScopes } from '../registry/index.ts';
import { readClaims } from '../tokens/index.ts';

const RESPONSE_TYPES = ['code', 'id_token', 'code id_token', 'id_token token'];
const PROMPTS = ['', 'login', 'none', 'consent', 'select_account', 'create', 'no_session'];
const CODE_CHALLENGE = /^[A-Za-z0-9\-._~]{43,128}$/;

/** An authorization request while it is checked. */
interface Asked extends Asking {
  readonly fields: Fields;
}

/** The checks whose refusals go back to the app, in this order (wire reference B5). */
export const AUTHORIZATION_CHECKS: readonly ((asked: Asked) => void)[] = [
  noParameterIsRepeated,
  responseTypeIsSupported,
  responseModeFits,
  scopeIsGiven,
  idTokenRequestIsAllowed,
  promptIsKnown,
  maxAgeIsANumber,
  codeChallengeIsWellFormed,
  claimsAreJson,
];

function noParameterIsRepeated({ http }: Asked): void {
  const [parameter] = http.repeated;
  if (parameter !== undefined) throw aadstsError(9000411, { parameter });
}

function responseTypeIsSupported({ fields: { response_type: type }, http, registration }: Asked): void {
  if (type === undefined) throw aadstsError(900144, { parameter: 'response_type' });
  if (type === 'token' && isVersion1(http) && registration.implicitIdTokens) return;
  if (type === 'token') throw aadstsError(700051);
  // The values have no order (RFC 6749, 3.1.1).
  if (!RESPONSE_TYPES.includes(type.split(' ').sort().join(' '))) throw aadstsError(70005, { type });
}

function responseModeFits({ fields }: Asked): void {
  const mode = fields.response_mode ?? '';
  const known = ['', 'query', 'fragment', 'form_post'].includes(mode);
  if (!known || (mode === 'query' && fields.response_type?.includes('token')))
    throw aadstsError(70007, { mode });
}

function scopeIsGiven(asked: Asked): void {
  const { fields } = asked;
  if (fields.scope === undefined || fields.scope.trim() === '')
    throw aadstsError(900144, { parameter: 'scope' });
  const scopes = readRequestedScopes(fields.scope, asked);
  if (fields.response_type?.split(' ').includes('token') === true) onlyApi(scopes, fields.scope);
  checkResourceParameter(fields.resource, scopes);
}

function idTokenRequestIsAllowed({ fields, registration }: Asked): void {
  if (!fields.response_type?.includes('id_token')) return;
  if (!registration.implicitIdTokens) throw aadstsError(700054);
  if (fields.nonce === undefined) throw aadstsError(900144, { parameter: 'nonce' });
}

function promptIsKnown({ fields }: Asked): void {
  if (!PROMPTS.includes(fields.prompt ?? '')) throw aadstsError(90023, { parameter: 'prompt' });
}

function maxAgeIsANumber({ fields }: Asked): void {
  if (!/^\d{1,9}$/.test(fields.max_age ?? '0')) throw aadstsError(90023, { parameter: 'max_age' });
}

function codeChallengeIsWellFormed({ fields }: Asked): void {
  const { code_challenge: challenge, code_challenge_method: method } = fields;
  if (method !== undefined && method !== 'S256' && method !== 'plain')
    throw aadstsError(90023, { parameter: 'code_challenge_method' });
  if (challenge === undefined ? method !== undefined : !CODE_CHALLENGE.test(challenge))
    throw aadstsError(90023, { parameter: 'code_challenge' });
}

function claimsAreJson({ fields }: Asked): void {
  if (readClaims(fields.claims) === undefined) throw aadstsError(90023, { parameter: 'claims' });
}
