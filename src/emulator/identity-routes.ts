import { randomBytes } from 'node:crypto';
import { AadstsError, refusal, refusalBody } from './aadsts.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { incidentOf } from './authorization-answer.ts';
import { readAuthority } from './authorization-request.ts';
import { publishedKey } from './keys.ts';
import {
  instanceDiscovery,
  isKnownInstance,
  openidConfiguration,
  openidConfigurationV1,
} from './metadata.ts';
import { platformCookies, platformHeaders } from './platform-headers.ts';
import type { World } from './world.ts';

/** Discovery is public and may be kept for a day (wire reference A3). */
const PUBLIC = {
  'Cache-Control': 'max-age=86400, private',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
} as const;

/** Discovery sets one more cookie than the token endpoint (wire reference A3). */
function esctx(): string {
  return `esctx=${randomBytes(24).toString('base64url')}; path=/; secure; HttpOnly; SameSite=None`;
}

/** Makes a discovery endpoint: what it returns is public JSON, what it refuses an error body (wire reference A4). */
function discovery(read: (asked: Asked, world: World) => unknown): (asked: Asked, world: World) => Answer {
  return (asked, world) => {
    const headers = { ...PUBLIC, ...platformHeaders(asked) };
    const cookies = [...platformCookies(), esctx()];
    try {
      return { ...jsonAnswer(200, read(asked, world), headers), cookies };
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const body = refusalBody(error, incidentOf(asked, world.now()));
      return { ...jsonAnswer(error.status, body, headers), cookies };
    }
  };
}

/** GET /{tenant}/v2.0/.well-known/openid-configuration */
export const metadata = discovery((asked, world) =>
  openidConfiguration(asked.origin, readAuthority(asked.tenant, world)),
);

/** GET /{tenant}/.well-known/openid-configuration */
export const metadataV1 = discovery((asked, world) =>
  openidConfigurationV1(asked.origin, readAuthority(asked.tenant, world)),
);

/** GET /{tenant}/discovery/v2.0/keys (wire reference A6) */
export const keys = discovery((asked, world) => {
  readAuthority(asked.tenant, world);
  return { keys: world.keys.published().map((key) => publishedKey(key, asked.origin)) };
});

/** GET /common/discovery/instance (wire reference A5) */
export const instance = discovery((asked, world) => {
  const endpoint = asked.query.authorization_endpoint ?? '';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !isKnownInstance(url.host, asked.origin)) throw refusal(50049);
  return instanceDiscovery(
    asked.origin,
    readAuthority(url.pathname.split('/')[1] || 'common', world).segment,
  );
});
