/**
 * The bare baseline: Express and express-session's memory store, a faked sign-in, one line of HTML and the same Graph
 * page as a list. Started by the benchmark as a process of its own.
 */
import { Agent } from 'node:https';
import axios from 'axios';
import express from 'express';
import session from 'express-session';

declare module 'express-session' {
  interface SessionData {
    name?: string;
  }
}

const [port = '0', graph = '', token = ''] = process.argv.slice(2);
const httpsAgent = new Agent({ keepAlive: true });
const app = express();

app.use(session({ secret: 'baseline', resave: false, saveUninitialized: false }));
app.get('/', (request, response) => {
  response.send(`<p>Hello ${request.session.name ?? 'stranger'}`);
});
app.get('/login', (request, response) => {
  request.session.name = 'Adele';
  response.redirect('/');
});
app.get('/graphcall', async (_request, response) => {
  const { data } = await axios.get<{ value: { displayName: string; userPrincipalName: string }[] }>(
    `${graph}/v1.0/users?$select=id,displayName,givenName,surname,mail,userPrincipalName&$top=100`,
    { httpsAgent, headers: { Authorization: `Bearer ${token}` } },
  );
  response.send(
    `<ul>${data.value.map((user) => `<li>${user.displayName} ${user.userPrincipalName}`).join('')}</ul>`,
  );
});
app.listen(Number(port), '127.0.0.1', () => process.stderr.write('listening\n'));
