import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

const app = express();
app.use(entra());
app.get('/', (request, response) => {
  response.type('text').send(`Hello ${request.entra.account?.displayName ?? 'visitor'}`);
});
app.get('/people', requiresSignIn(), async (request, response) => {
  response.json(await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5'));
});
app.use(signInFailures());
app.listen(Number(process.env.PORT), 'localhost', () => console.log('listening'));
