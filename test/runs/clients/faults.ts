import type { FaultRequest } from '../../../src/emulator/index.ts';

/** What a client has to do before a fault can reach it. */
export type Part = 'sign-in' | 'renewal' | 'Graph' | 'any';

/** What a client is to do: go on to the end, end with an error (of this form), or either, as long as it ends. */
type Right = 'works' | 'refuses' | RegExp | 'ends' | 'waits';

/** One thing that goes wrong, and what is right then. */
export interface MatrixFault {
  /** As the table's row says it; also its name in `explanations.ts`. */
  readonly title: string;
  readonly part: Part;
  readonly faults: readonly FaultRequest[];
  /** The path of the requests that it is about. */
  readonly at: RegExp;
  readonly right: Right;
  /** By how much the emulator's clock is ahead of the client's. */
  readonly hoursAhead?: number;
}

const PLACES = {
  instance: /\/discovery\/instance$/,
  metadata: /\/openid-configuration$/,
  authorize: /\/authorize$/,
  token: /\/token$/,
  users: /^\/(v1\.0|beta)\/+users/,
};
/** Of another host, which notes what comes. */
export const ELSEWHERE = 'http://evil.example:9999/';
/** What the platform says when it is too busy, with a Retry-After. */
const BUSY = { error: 'temporarily_unavailable', text: 'A transient error has occurred. Please try again.' };
const THROTTLED = { error: 'temporarily_unavailable', text: 'There are too many incoming requests.' };
const ALWAYS = { times: 'always' } as const;
const SOON = { 'Retry-After': '1' };

type Kind = FaultRequest['fault'];
type More = Pick<FaultRequest, 'times' | 'when'>;

/** A fault at one place; a client that never gets there has no such row. */
function fault(
  title: string,
  at: keyof typeof PLACES,
  kind: Kind,
  right: Right,
  more: More & { part?: Part } = {},
): MatrixFault {
  const { part, ...how } = more;
  const usual = at === 'users' ? 'Graph' : at === 'authorize' ? 'sign-in' : 'any';
  return { title, part: part ?? usual, faults: [{ at, ...how, fault: kind }], at: PLACES[at], right };
}

/** Once, with a Retry-After of a second. */
function busy(title: string, kind: Kind, more: Parameters<typeof fault>[4] = {}): MatrixFault {
  const made = fault(title, 'token', kind, 'ends', more);
  const { when } = more;
  const soon = { at: 'token', ...(when && { when }), fault: { kind: 'headers', set: SOON } } as const;
  return { ...made, faults: [...made.faults, soon] };
}

const idToken = (title: string, forgery: object): MatrixFault =>
  fault(title, 'token', { kind: 'id-token', ...forgery }, 'refuses', { ...ALWAYS, part: 'sign-in' });

const aadsts = (code: number, text: string): MatrixFault =>
  fault(`AADSTS${code}: ${text}`, 'token', { kind: 'aadsts', code }, new RegExp(`AADSTS${code}`), ALWAYS);

const clock = (title: string, hoursAhead: number): MatrixFault => ({
  ...{ title, hoursAhead, part: 'any', faults: [], at: PLACES.token, right: 'ends' },
});

const RENEWAL = { part: 'renewal', when: { grant_type: 'refresh_token' } } as const;

/** Nothing goes wrong. */
export const GOOD_PATH: MatrixFault = {
  ...{ title: 'nothing', part: 'any', faults: [], at: /^$/, right: 'works' },
};

/** Add one here and every client meets it. */
export const MATRIX_FAULTS: readonly MatrixFault[] = [
  fault('instance discovery: 503', 'instance', { kind: 'status', status: 503 }, 'ends', ALWAYS),
  fault('metadata: 503 once', 'metadata', { kind: 'status', status: 503, headers: SOON }, 'ends'),
  fault('metadata: cut JSON', 'metadata', { kind: 'malformed-json' }, 'refuses', ALWAYS),
  fault(
    'metadata: another issuer',
    'metadata',
    { kind: 'answer', set: { issuer: 'https://evil.example/v2.0' } },
    'refuses',
    ALWAYS,
  ),
  fault(
    'the person declines',
    'authorize',
    { kind: 'aadsts', code: 65004, as: 'redirect' },
    /access_denied|AADSTS65004/,
  ),
  fault(
    'sign-in: temporarily_unavailable',
    'authorize',
    { kind: 'authorize-error', error: 'temporarily_unavailable' },
    /temporarily_unavailable/,
  ),
  fault(
    'sign-in: another state',
    'authorize',
    { kind: 'authorize-tamper', set: { state: 'another' } },
    'refuses',
  ),
  fault(
    'sign-in: another issuer',
    'authorize',
    { kind: 'authorize-tamper', set: { iss: 'https://evil.example/v2.0' } },
    'refuses',
  ),
  fault('sign-in: no code', 'authorize', { kind: 'authorize-tamper', remove: ['code'] }, 'refuses'),
  aadsts(7000215, 'wrong secret'),
  aadsts(700016, 'unknown app'),
  aadsts(90002, 'unknown tenant'),
  aadsts(53003, 'blocked by conditional access'),
  aadsts(50076, 'a second factor is needed'),
  busy('token: 503 once, Retry-After', { kind: 'aadsts', code: 90033, status: 503, ...BUSY }),
  busy('token: 429 once, Retry-After', { kind: 'aadsts', code: 90055, status: 429, ...THROTTLED }),
  fault(
    'token: 500 with a page, always',
    'token',
    { kind: 'status', status: 500, headers: { 'Content-Type': 'text/html' }, body: '<h1>Sorry</h1>' },
    'refuses',
    ALWAYS,
  ),
  fault('token: cut JSON', 'token', { kind: 'malformed-json' }, 'refuses', ALWAYS),
  fault('token: connection closed once', 'token', { kind: 'reset' }, 'ends'),
  fault('token: 3 s late', 'token', { kind: 'delay', ms: 3_000 }, 'works'),
  fault('token: never answers', 'token', { kind: 'hang' }, 'waits', ALWAYS),
  fault(
    'token: sent to another host',
    'token',
    { kind: 'redirect', status: 307, location: ELSEWHERE },
    'refuses',
    ALWAYS,
  ),
  fault('token: no access token', 'token', { kind: 'answer', remove: ['access_token'] }, 'ends', ALWAYS),
  fault('token: type mac', 'token', { kind: 'answer', set: { token_type: 'mac' } }, 'ends', ALWAYS),
  fault(
    'token: lifetime is no number',
    'token',
    { kind: 'answer', set: { expires_in: 'soon', ext_expires_in: 'soon', expires_on: 'soon' } },
    'ends',
    ALWAYS,
  ),
  idToken('ID token: wrong signature', { signature: 'flipped' }),
  idToken('ID token: not signed', { signature: 'none' }),
  idToken('ID token: another issuer', { claims: { iss: 'https://evil.example/v2.0' } }),
  idToken('ID token: another audience', { claims: { aud: 'another-app' } }),
  idToken('ID token: another nonce', { claims: { nonce: 'another' } }),
  idToken('ID token: expired', { claims: { exp: 1_000_000_000 } }),
  fault('no ID token', 'token', { kind: 'answer', remove: ['id_token'] }, 'refuses', {
    ...ALWAYS,
    part: 'sign-in',
  }),
  fault(
    'renewal: AADSTS50173, revoked',
    'token',
    { kind: 'aadsts', code: 50173 },
    /AADSTS50173|interaction/i,
    { ...ALWAYS, ...RENEWAL },
  ),
  busy('renewal: 503 once, Retry-After', { kind: 'aadsts', code: 90033, status: 503, ...BUSY }, RENEWAL),
  fault('Graph: 429 twice, Retry-After', 'users', { kind: 'throttled', retryAfterSeconds: 1 }, 'works', {
    times: 2,
  }),
  fault('Graph: 503 once', 'users', { kind: 'status', status: 503, headers: SOON }, 'works'),
  fault('Graph: claims challenge', 'users', { kind: 'claims-challenge' }, 'ends'),
  fault(
    'Graph: the access token is over',
    'token',
    { kind: 'access-token', claims: { exp: 1_000_000_000 } },
    /401|InvalidAuthenticationToken|expired/,
    { ...ALWAYS, part: 'Graph' },
  ),
  fault(
    'Graph: 403',
    'users',
    {
      kind: 'status',
      status: 403,
      body: {
        error: {
          code: 'Authorization_RequestDenied',
          message: 'Insufficient privileges to complete the operation.',
        },
      },
    },
    /403|Authorization_RequestDenied|Forbidden|Insufficient/,
    ALWAYS,
  ),
  fault('Graph: cut JSON', 'users', { kind: 'malformed-json' }, 'refuses', ALWAYS),
  fault('Graph: connection closed once', 'users', { kind: 'reset' }, 'ends'),
  fault('Graph: sent to another host', 'users', { kind: 'redirect', location: ELSEWHERE }, 'refuses', ALWAYS),
  clock("the client's clock is two hours behind", 2),
  clock("the client's clock is two hours ahead", -2),
];
