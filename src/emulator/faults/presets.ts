import type { FaultRequest, WaitingFault } from './faults.ts';

/** A fault that the picker page offers by a press. */
interface FaultPreset {
  readonly id: string;
  readonly title: string;
  readonly request: FaultRequest;
}

/** The faults people want to see most. Add one here and it is in the menu. */
export const FAULT_PRESETS: readonly FaultPreset[] = [
  {
    id: 'mfa',
    title: 'A second factor is required (AADSTS50076)',
    request: { at: 'token', fault: { kind: 'aadsts', code: 50076 } },
  },
  {
    id: 'blocked',
    title: 'Conditional access blocks the sign-in (AADSTS53003)',
    request: { at: 'token', fault: { kind: 'aadsts', code: 53003 } },
  },
  {
    id: 'authorize-down',
    title: 'The sign-in service is busy (temporarily_unavailable)',
    request: { at: 'authorize', fault: { kind: 'authorize-error', error: 'temporarily_unavailable' } },
  },
  {
    id: 'token-down',
    title: 'The token endpoint answers 503',
    request: { at: 'token', fault: { kind: 'status', status: 503, headers: { 'Retry-After': '2' } } },
  },
  {
    id: 'token-hangs',
    title: 'The token endpoint never answers',
    request: { at: 'token', fault: { kind: 'hang' } },
  },
  {
    id: 'bad-signature',
    title: 'The ID token has a bad signature',
    request: { at: 'token', fault: { kind: 'id-token', signature: 'flipped' } },
  },
  {
    id: 'expired',
    title: 'The ID token expired long ago',
    request: { at: 'token', fault: { kind: 'id-token', claims: { exp: 1_000_000_000 } } },
  },
  {
    id: 'throttled',
    title: 'Graph is throttled (429) for the list of users, every time',
    request: {
      at: 'users',
      times: 'always',
      fault: { kind: 'throttled', retryAfterSeconds: 5 },
    },
  },
  {
    id: 'graph-hangs',
    title: 'Graph never answers the list of users',
    request: { at: 'users', fault: { kind: 'hang' } },
  },
  {
    id: 'challenge',
    title: 'Graph wants a fresh token (claims challenge)',
    request: { at: 'users', fault: { kind: 'claims-challenge' } },
  },
];

/** A waiting fault in a few words: what goes wrong, where, and how often. */
export function inWords({ request, left }: WaitingFault): string {
  const { kind, code } = request.fault;
  const what = typeof code === 'number' ? `${kind} ${code}` : kind;
  const often = Number.isFinite(left) ? `${left} ${left === 1 ? 'time' : 'times'}` : 'every time';
  return `${what} at ${request.at} (${often})`;
}
