// The same app with express-openid-connect, as its own documents have it, with the memory store that they name.
import express from 'express';
import oidc from 'express-openid-connect';
import memoryStore from 'memorystore';

const { auth, requiresAuth } = oidc;
const MemoryStore = memoryStore(auth);
const { PORT, AUTHORITY, GRAPH_ENDPOINT, CLIENT_ID, CLIENT_SECRET, SESSION_SECRET } = process.env;

const app = express();
app.use(
  auth({
    authRequired: false,
    issuerBaseURL: `${AUTHORITY}/v2.0`,
    baseURL: `http://localhost:${PORT}`,
    clientID: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    secret: SESSION_SECRET,
    session: { store: new MemoryStore({ checkPeriod: 24 * 60 * 60 * 1000 }) },
    authorizationParams: {
      response_type: 'code',
      response_mode: 'query',
      scope: 'openid profile email offline_access User.ReadBasic.All',
    },
    routes: { callback: '/getAToken' },
  }),
);
app.get('/', requiresAuth(), (request, response) => {
  response.type('text').send(`Hello ${request.oidc.user.name}`);
});
app.get('/people', requiresAuth(), async (request, response) => {
  let { access_token, isExpired, refresh } = request.oidc.accessToken;
  if (isExpired()) ({ access_token } = await refresh());
  const users = await fetch(`${GRAPH_ENDPOINT}/v1.0/users?$select=displayName&$top=5`, {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  response.json(await users.json());
});
app.listen(PORT, 'localhost', () => process.stderr.write('listening\n'));
