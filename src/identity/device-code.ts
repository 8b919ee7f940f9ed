import { type AppError, SignInError, type UpstreamError } from '../errors.ts';
import { jsonObject } from '../json-object.ts';
import { createAuthority } from './authority.ts';
import type { JsonResponse } from './exchange.ts';
import { createIdentityNetwork, type IdentityNetwork } from './network.ts';
import { authorityBusy, descriptionIn, isOauthError, reportOf, responseRefused } from './token-response.ts';

/** What somebody enters in a browser, and where. */
interface DeviceCode {
  userCode: string;
  verificationUri: string;
  expiresInSeconds: number;
}

/** Who signed in, and what they let this program do. */
export interface DeviceSignIn {
  accessToken: string;
  tenantId: string;
  username: string;
}

interface DeviceSignInGiven {
  /** `https://host/tenant`. */
  authority: string;
  /** Of a public client. */
  clientId: string;
  scopes: readonly string[];
  onCode(code: DeviceCode): void;
  wait(ms: number): Promise<unknown>;
  now(): number;
}

interface Asking extends DeviceSignInGiven {
  network: IdentityNetwork;
  endpoint: string;
}

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628, section 3.5. */
const USUAL_SECONDS = 5;
const SLOWER_SECONDS = 5;
const MOST_SECONDS = { interval: 60, lifetime: 3_600 } as const;

/**
 * Signs somebody in who is at another browser (RFC 8628). MSAL's own way keeps of a refusal one word only, and gives
 * up where the network is away for a moment.
 * @throws SignInError `sign_in_declined`, `sign_in_expired` or `sign_in_failed`; UpstreamError
 */
export async function signInByDeviceCode(given: DeviceSignInGiven): Promise<DeviceSignIn> {
  const network = createIdentityNetwork();
  const { tokenEndpoint } = await createAuthority({ authority: given.authority }, network).metadata();
  const asking = { ...given, network, endpoint: tokenEndpoint };
  const issued = await askForCode(asking);
  given.onCode(issued);
  return pollUntil(asking, issued, given.now() + issued.expiresInSeconds * 1_000);
}

interface Issued extends DeviceCode {
  deviceCode: string;
  intervalSeconds: number;
}

async function askForCode({ network, endpoint, clientId, scopes }: Asking): Promise<Issued> {
  // as at every authority of Microsoft's; only discovery would say it, and Microsoft's own hosts are not asked for that
  const url = endpoint.replace(/\/token$/, '/devicecode');
  const fields = { client_id: clientId, scope: scopes.join(' ') };
  const response = await network.postForm(url, new URL(url).origin, fields);
  if (response.status !== 200) throw refusal(response);
  const { user_code, device_code, verification_uri, expires_in, interval } = response.body;
  const texts = [user_code, device_code, verification_uri].map(String);
  const [userCode = '', deviceCode = '', verificationUri = ''] = texts;
  const isWhole = [user_code, device_code, verification_uri].every((text) => typeof text === 'string');
  if (!isWhole || !/^https?:\/\/[\w.:/-]+$/.test(verificationUri) || !/^[\w-]{1,40}$/.test(userCode))
    throw unusable('no device code');
  return {
    ...{ userCode, deviceCode, verificationUri },
    expiresInSeconds: bounded(expires_in, MOST_SECONDS.lifetime, 900),
    intervalSeconds: bounded(interval, MOST_SECONDS.interval, USUAL_SECONDS),
  };
}

async function pollUntil(asking: Asking, issued: Issued, endsAtMs: number): Promise<DeviceSignIn> {
  let { intervalSeconds } = issued;
  while (asking.now() < endsAtMs) {
    await asking.wait(intervalSeconds * 1_000);
    const response = await poll(asking, issued.deviceCode);
    if (response === undefined || response.body.error === 'authorization_pending') continue;
    if (response.body.error !== 'slow_down') return signedIn(response);
    intervalSeconds += SLOWER_SECONDS;
  }
  throw expired();
}

/** @returns undefined where nothing came: RFC 8628, section 3.5, has one go on */
async function poll(
  { network, endpoint, clientId }: Asking,
  deviceCode: string,
): Promise<JsonResponse | undefined> {
  const fields = { grant_type: GRANT, client_id: clientId, device_code: deviceCode };
  try {
    const response = await network.postForm(endpoint, new URL(endpoint).origin, fields);
    return response.status === 429 || response.status >= 500 ? undefined : response;
  } catch (error) {
    const { code } = error as AppError;
    if (code === 'authority_unreachable' || code === 'authority_timeout') return undefined;
    throw error;
  }
}

function signedIn(response: JsonResponse): DeviceSignIn {
  const { access_token: accessToken, id_token: idToken } = response.body;
  if (response.status !== 200) throw refusal(response);
  if (typeof accessToken !== 'string' || typeof idToken !== 'string') throw unusable('no tokens');
  // straight from the token endpoint, and believed for no more than words (OpenID Connect Core 1.0, section 3.1.3.7)
  const { tid, preferred_username: name } =
    jsonObject(Buffer.from(idToken.split('.')[1] ?? '', 'base64url')) ?? {};
  return { accessToken, tenantId: String(tid ?? ''), username: String(name ?? '') };
}

function refusal({ status, body }: JsonResponse): AppError {
  const error = typeof body.error === 'string' && isOauthError(body.error) ? body.error : 'unknown';
  const upstream = { ...reportOf(status, body), error };
  const details = { detail: `device code: ${error}`, upstream, upstreamText: descriptionIn(body) };
  if (status === 429 || status >= 500) return authorityBusy(status, details);
  if (error === 'authorization_declined' || error === 'access_denied')
    return new SignInError('sign_in_declined', 403, 'The sign-in was declined.', details);
  if (error === 'expired_token' || error === 'code_expired') return expired();
  return new SignInError('sign_in_failed', 400, 'The identity platform refused the sign-in.', details);
}

function expired(): SignInError {
  return new SignInError('sign_in_expired', 400, 'Nobody signed in while the code was good.');
}

function unusable(detail: string): UpstreamError {
  return responseRefused('The response of the identity platform could not be used.', { detail });
}

function bounded(value: unknown, most: number, usual: number): number {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, most) : usual;
}
