import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runInNamespace } from './namespace.ts';
import { samplesIn } from './samples.ts';
import { toolChainOf } from './tool-chains.ts';

const folder = mkdtempSync(join(tmpdir(), 'samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An app as a quickstart is one: settings of its own names, a cookie, a response by form. */
const APP = `
import { createServer } from 'node:http';
const { CLIENT, SECRET, TENANT } = process.env;
const redirect_uri = 'http://localhost:3000/back';
const endpoint = \`https://login.microsoftonline.com/\${TENANT}/oauth2/v2.0\`;
const request = { client_id: CLIENT, redirect_uri, scope: 'openid profile User.Read' };
createServer(async (asked, response) => {
  let body = '';
  for await (const chunk of asked) body += chunk;
  const [, name] = /name=([^;]+)/.exec(asked.headers.cookie ?? '') ?? [];
  if (asked.url === '/me' && name) return response.end('<h1>Hello ' + name + '</h1>');
  if (asked.url !== '/back') {
    const query = new URLSearchParams({ ...request, response_type: 'code', response_mode: 'form_post' });
    return response.writeHead(302, { Location: \`\${endpoint}/authorize?\${query}\` }).end();
  }
  const code = new URLSearchParams(body).get('code');
  const form = { ...request, grant_type: 'authorization_code', client_secret: SECRET, code };
  const answer = await fetch(endpoint + '/token', { method: 'POST', body: new URLSearchParams(form) });
  const { id_token, error_description } = await answer.json();
  if (!id_token) return response.writeHead(500).end('<p>' + error_description + '</p>');
  const { name: person } = JSON.parse(Buffer.from(id_token.split('.')[1], 'base64url'));
  response.writeHead(302, { Location: '/me', 'Set-Cookie': 'name=' + person }).end();
}).listen(3000, '127.0.0.1');
`;

test('a sample in a folder is started, signed in at, and ended', async () => {
  const sample = join(folder, 'quickstart');
  mkdirSync(sample);
  writeFileSync(join(sample, 'app.mjs'), APP);
  writeFileSync(
    join(sample, 'client.json'),
    JSON.stringify({
      ...{ name: 'A quickstart', version: '1.0.0', command: ['node', 'app.mjs'] },
      environment: { CLIENT: '$AZURE_CLIENT_ID', SECRET: '$AZURE_CLIENT_SECRET', TENANT: '$AZURE_TENANT_ID' },
      ...{
        page: 'http://localhost:3000/me',
        redirectUri: 'http://localhost:3000/back',
        shows: 'Adele Vance',
      },
    }),
  );
  const [client, ...others] = samplesIn(folder);
  if (client === undefined) throw new Error('the sample was not found');
  expect(others).toEqual([]);
  const faults = ['AADSTS7000215: wrong secret', 'token: 3 s late'];
  const order = { limitMs: 20_000, faults, redirectUri: client.sample?.redirectUri };
  const happenings = await runInNamespace({ ...order, command: toolChainOf('Node').commandOf(client) });
  expect(happenings.map(({ ending }) => ending)).toEqual([
    { ok: 'Adele Vance' },
    { error: expect.objectContaining({ message: expect.stringContaining('AADSTS7000215') }) },
    { ok: 'Adele Vance' },
  ]);
});
