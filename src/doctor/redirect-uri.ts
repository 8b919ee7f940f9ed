import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { EXIT } from '../exit-status.ts';
import { wordsOf } from '../failures/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { textHeaders } from '../network/index.ts';
import { type Finding, fault, unseen, warning, well } from './finding.ts';
import { type Reached, reach, Unreached } from './reach.ts';
import type { Surroundings } from './surroundings.ts';

/** What an authorization request without anybody (`prompt=none`) tells of an address. */
type Seen =
  | { isRegistered: true }
  | { isRegistered: false; status: number; code: string | undefined; what: string };

/**
 * Whether the platform sends people back to the app. It answers a request without anybody at a registered address, and
 * any other with a page (OpenID Connect Core 1.0, section 3.1.2.6).
 */
export async function lookAtRedirectUris(
  config: Config,
  identity: ClientSettings,
  around: Surroundings,
): Promise<Finding[]> {
  try {
    const back = await ask(identity, identity.redirectUri, around);
    const home = `${config.baseUrl}/`;
    if (!back.isRegistered) return [missing(back, identity.redirectUri)];
    const after = await ask(identity, home, around);
    return [well('redirect-uri', `${identity.redirectUri} is registered.`), ...afterSignOut(after, home)];
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return [fault('redirect-uri', { what: error.message, exitStatus: EXIT.upstream })];
  }
}

async function ask(identity: ClientSettings, redirectUri: string, around: Surroundings): Promise<Seen> {
  const { authorizationEndpoint } = await identity.authority.metadata();
  const url = new URL(authorizationEndpoint);
  const verifier = randomBytes(32).toString('base64url');
  url.search = new URLSearchParams({
    client_id: identity.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return seenIn(await reach(url.href, around), redirectUri);
}

function seenIn({ response }: Reached, redirectUri: string): Seen {
  const { location = '' } = textHeaders(response);
  if (response.status >= 300 && response.status < 400 && location.startsWith(`${redirectUri}?`))
    return { isRegistered: true };
  const [, code] = /\b(AADSTS\d{4,9})\b/.exec(response.data.toString()) ?? [];
  const what = `The authority answered ${code ?? response.status}.`;
  return { isRegistered: false, status: response.status, code, what };
}

const NOT_REGISTERED = ['AADSTS50011', 'AADSTS500113', 'AADSTS900971'];

function missing(seen: Exclude<Seen, { isRegistered: true }>, redirectUri: string): Finding {
  const words = wordsOf(seen.code, redirectUri);
  if (words !== undefined) return fault('redirect-uri', { ...words, exitStatus: EXIT.refused });
  if (seen.status === 429 || seen.status >= 500)
    return fault('redirect-uri', {
      what: `${seen.what} Nobody can sign in while it does.`,
      todo: 'Try again in a minute.',
      exitStatus: EXIT.upstream,
    });
  return unseen(
    'redirect-uri',
    `${seen.what} Whether ${redirectUri} is registered shows at the first sign-in.`,
  );
}

function afterSignOut(seen: Seen, home: string): Finding[] {
  if (seen.isRegistered) return [well('redirect-uri', `${home} is registered, to which signing out leads.`)];
  if (!NOT_REGISTERED.includes(seen.code ?? '')) return [];
  return [
    warning(
      'redirect-uri',
      `${home} is not registered, so that signing out ends on Microsoft’s page.`,
      `Register ${home} as a second redirect URI.`,
    ),
  ];
}
