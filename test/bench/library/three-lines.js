// The library as its users have it: a sign-in, a guarded page, and a call of Microsoft Graph.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from '../../../dist/library/sign-in.js';

const app = express();
app.use(entra());
app.get('/', requiresSignIn(), (request, response) => {
  response.type('text').send(`Hello ${request.entra.account.displayName}`);
});
app.get('/people', requiresSignIn(), async (request, response) => {
  response.json(await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5'));
});
app.use(signInFailures());
app.listen(process.env.PORT, 'localhost', () => process.stderr.write('listening\n'));
