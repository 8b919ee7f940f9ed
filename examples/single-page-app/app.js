// The backend of a single-page app ("backend for frontend"): it signs people in and calls APIs for them. The browser gets
// a cookie that scripts cannot read (HttpOnly, SameSite=Lax), and no token ever.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

/**
 * Cookies come with requests that other sites cause, this header does not: before a script of another origin may send it,
 * the browser asks this server (CORS), which never agrees.
 */
function onlyOurScripts(request, response, next) {
  if (request.get('X-Requested-With') === 'single-page-app') next();
  else response.status(403).json({ error: 'not_from_our_page' });
}

const app = express();
app.use((_request, response, next) => {
  response.set('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'");
  next();
});
app.use(entra());

const api = express.Router();
api.use(onlyOurScripts, requiresSignIn(), express.json());
const notes = new Map();
const notesOf = ({ entra: { account } }) => notes.get(account.homeAccountId) ?? [];
api.get('/me', (request, response) => {
  const { displayName, username } = request.entra.account;
  response.json({ displayName, username, notes: notesOf(request) });
});
api.post('/notes', (request, response) => {
  notes.set(request.entra.account.homeAccountId, [...notesOf(request), String(request.body.text)]);
  response.status(201).json(notesOf(request));
});
api.get('/people', async (request, response) => {
  response.json(await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5'));
});
app.use('/api', api);
app.use(express.static(`${import.meta.dirname}/public`));

app.use(signInFailures());
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
