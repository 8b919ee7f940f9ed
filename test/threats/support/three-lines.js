// Somebody's app with the built library, as a process of its own; it logs what the library tells.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { pino } from 'pino';
import { entra, requiresSignIn, signInFailures } from '../../../dist/library/sign-in.js';

const logger = pino({ level: 'trace' });
const app = express();
app.use((request, response, next) => {
  request.id = randomUUID();
  response.set('X-Correlation-Id', request.id);
  next();
});
app.use(entra({ logger, onEvent: (event) => logger.info(event, 'event') }));
app.get('/', (request, response) => {
  response.type('text').send(`Hello ${request.entra.account?.username ?? 'visitor'}`);
});
app.get('/graphcall', requiresSignIn(), async (request, response) => {
  const { value } = await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5');
  response.status(Array.isArray(value) ? 200 : 502).json({ of: request.entra.account?.username, value });
});
app.use(signInFailures());
app.listen(Number(process.env.PORT), 'localhost');
