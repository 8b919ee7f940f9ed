// A page for people who are signed in. A visitor who opens it goes through the sign-in and comes back to it.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

const app = express();
app.use(entra());

app.get('/', (request, response) => {
  response.type('text').send(`Hello ${request.entra.account?.displayName ?? 'visitor'}`);
});
app.get('/private', requiresSignIn(), (request, response) => {
  response.type('text').send(`Only for people who are signed in, such as ${request.entra.account.username}`);
});

app.use(signInFailures());
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
