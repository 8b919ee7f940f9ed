// Sessions in PostgreSQL, for apps that have one already: any number of processes share them, and a restart ends none.
import express from 'express';
import { entra, requiresSignIn, signInFailures } from 'ms-identity-typescript-webapp/sign-in';
import { openPostgresRecords } from './postgres-records.js';

const app = express();
// By the variables that pg reads: PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE.
const store = await openPostgresRecords({});
// What is stored is sealed with SESSION_SECRET: all processes have the same.
const signIn = entra({ store });
app.use(signIn);

app.get('/', requiresSignIn(), (request, response) => {
  response.type('text').send(`Hello ${request.entra.account.displayName}`);
});

app.use(signInFailures());
const server = app.listen(process.env.PORT ?? 5000, 'localhost', () => console.log('listening'));
process.once('SIGTERM', () => server.close(() => signIn.close()));
