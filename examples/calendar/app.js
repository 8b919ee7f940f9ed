// A page that needs a permission of its own. The sign-in does not ask for it: people are asked when they first open the
// page, and those who never do are never asked.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';

const app = express();
app.use(entra());

app.get('/', requiresSignIn(), (request, response) => {
  response.type('text').send(`Hello ${request.entra.account.displayName}. What is on your /calendar?`);
});
app.get('/calendar', requiresSignIn({ scopes: ['Calendars.Read'] }), async (request, response) => {
  const { value } = await request.entra.api('graph').get('/v1.0/me/events?$select=subject,start&$top=10');
  const lines = value.map(({ subject, start }) => `${start.dateTime.slice(0, 16)} ${subject}`);
  response.type('text').send(lines.join('\n'));
});

app.use(signInFailures());
app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
