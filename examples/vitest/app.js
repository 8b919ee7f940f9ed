import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';

const API = 'api://orders';

/**
 * A Fastify app that signs people in with openid-client, and has an API of its own. `settings` are environment
 * variables: CLIENT_ID, CLIENT_SECRET, AUTHORITY (of one organisation) and BASE_URL.
 */
export async function createApp(settings) {
  const { CLIENT_ID, CLIENT_SECRET, AUTHORITY, BASE_URL } = settings;
  const isLocal = new URL(AUTHORITY).protocol === 'http:';
  const provider = await oidc.discovery(
    new URL(`${AUTHORITY}/v2.0`),
    CLIENT_ID,
    CLIENT_SECRET,
    undefined,
    isLocal ? { execute: [oidc.allowInsecureRequests] } : {},
  );
  const sessions = new Map();
  const app = Fastify();
  await app.register(cookie);

  app.get('/', ({ cookies }) => `Hello ${sessions.get(cookies.session)?.name ?? 'visitor'}`);

  app.get('/login', async (_request, reply) => {
    const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
    const url = oidc.buildAuthorizationUrl(provider, {
      ...{ redirect_uri: `${BASE_URL}/callback`, scope: 'openid profile', state },
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const session = randomUUID();
    sessions.set(session, { verifier, state });
    return reply
      .setCookie('session', session, { path: '/', httpOnly: true, sameSite: 'lax' })
      .redirect(url.href);
  });

  app.get('/callback', async ({ url, cookies }, reply) => {
    const { verifier, state } = sessions.get(cookies.session) ?? {};
    try {
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(url, BASE_URL), checks);
      sessions.set(cookies.session, { name: tokens.claims().name });
      return reply.redirect('/');
    } catch (error) {
      const [code] = /AADSTS\d+/.exec(error.error_description ?? '') ?? ['another reason'];
      return reply.code(502).send(`The sign-in failed: ${code}`);
    }
  });

  const keys = createRemoteJWKSet(new URL(provider.serverMetadata().jwks_uri));
  app.get('/api/orders', async ({ headers }, reply) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    try {
      const { payload } = await jwtVerify(token, keys, { audience: API });
      if (!payload.roles?.includes('Orders.Reader'))
        return reply.code(403).send({ error: 'the role is missing' });
      return { orders: [], for: payload.upn };
    } catch {
      return reply.code(401).send({ error: 'a good token is missing' });
    }
  });
  return app;
}
