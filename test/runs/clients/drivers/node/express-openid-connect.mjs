// express-openid-connect: an app of one page that needs a sign-in, and renews.
import { randomBytes } from 'node:crypto';
import express from 'express';
import oidc from 'express-openid-connect';
import { perform, visit } from '../../../../emulator/clients/talk.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = process.env;
const BASE = 'http://localhost:3000';

const app = express();
app.use(
  oidc.auth({
    baseURL: BASE,
    issuerBaseURL: `https://login.microsoftonline.com/${AZURE_TENANT_ID}/v2.0`,
    clientID: AZURE_CLIENT_ID,
    clientSecret: AZURE_CLIENT_SECRET,
    secret: randomBytes(32).toString('hex'),
    authorizationParams: {
      response_type: 'code',
      response_mode: 'query',
      scope: 'openid profile offline_access User.Read',
    },
  }),
);
app.get('/', async ({ oidc: { accessToken, user } }, response) => {
  await accessToken.refresh();
  response.json({ ok: user.preferred_username });
});
app.use(({ name, message, error, error_description, code }, _request, response, _next) => {
  response.status(500).json({ name, message: `${message} ${error_description ?? ''}`, code: error ?? code });
});

const cookies = new Map();

/** What a browser would do at the app: keep its cookies. */
async function open(url) {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    cookies.set(name, value);
  }
  const location = response.headers.get('location');
  if (location !== null) return new URL(location, url);
  const said = await response.json();
  if (response.status !== 200) throw Object.assign(new Error(said.message), said);
  return said.ok;
}

await perform({
  async flow() {
    await new Promise((resolve) => app.listen(3000, '127.0.0.1', resolve));
    const request = await open(`${BASE}/`);
    const after = await open(await visit(request));
    return open(after);
  },
});
