// express-openid-connect: an app of one page that needs a sign-in, and renews.
import { randomBytes } from 'node:crypto';
import express from 'express';
import oidc from 'express-openid-connect';
import { perform } from '../../../../emulator/clients/talk.mjs';
import { open } from './browser.mjs';

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

await perform({
  async flow() {
    await new Promise((resolve) => app.listen(3000, '127.0.0.1', resolve));
    const response = await open(`${BASE}/`);
    const said = await response.json();
    if (response.status !== 200) throw Object.assign(new Error(said.message), said);
    return said.ok;
  },
});
