import { ConfidentialClientApplication } from '@azure/msal-node';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';

/**
 * A Hono app that signs people in with MSAL Node and asks Microsoft Graph who they are. `settings` are environment
 * variables: CLIENT_ID, CLIENT_SECRET, AUTHORITY and GRAPH_ENDPOINT.
 */
export async function startApp(settings, port) {
  const { CLIENT_ID, CLIENT_SECRET, AUTHORITY, GRAPH_ENDPOINT } = settings;
  const client = new ConfidentialClientApplication({
    auth: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, ...(await authorityOf(AUTHORITY)) },
  });
  const sessions = new Map();
  const app = new Hono();
  let url = '';
  const request = () => ({ scopes: ['User.Read'], redirectUri: `${url}/callback` });

  app.get('/', (context) => {
    const name = sessions.get(getCookie(context, 'session'));
    return context.html(name ? html`<h1>Hello ${name}</h1>` : html`<a href="/login">Sign in</a>`);
  });
  app.get('/login', async (context) => context.redirect(await client.getAuthCodeUrl(request())));
  app.get('/callback', async (context) => {
    const { accessToken } = await client.acquireTokenByCode({
      ...request(),
      code: context.req.query('code') ?? '',
    });
    const me = await fetch(`${GRAPH_ENDPOINT}/v1.0/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const session = crypto.randomUUID();
    sessions.set(session, (await me.json()).displayName);
    setCookie(context, 'session', session, { httpOnly: true, sameSite: 'Lax' });
    return context.redirect('/');
  });
  app.onError((error, context) =>
    context.html(
      html`<h1>That did not work</h1><p>${error.errorNo ? `AADSTS${error.errorNo}` : error.name}</p>`,
      502,
    ),
  );

  const server = await new Promise((resolve) => {
    const one = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(one));
  });
  url = `http://localhost:${server.address().port}`;
  return { url, close: () => server.close() };
}

/** MSAL wants https: for an emulator over http it is given the endpoints. */
async function authorityOf(authority) {
  if (authority.startsWith('https:')) return { authority };
  const discovery = await fetch(`${authority}/v2.0/.well-known/openid-configuration`);
  return { authority: 'https://login.microsoftonline.com/common', authorityMetadata: await discovery.text() };
}

if (process.argv[1] === import.meta.filename) console.log((await startApp(process.env, 5000)).url);
