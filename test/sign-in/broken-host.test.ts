import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { requiresRole, requiresSignIn } from '../../src/sign-in/index.ts';
import { createBrowser } from '../support/browser.ts';
import { type Host, openHost, signedIn } from './host.ts';

const broken = (): never => {
  throw new Error('the host is broken');
};

let host: Host;
let rendersBadly = false;

beforeAll(async () => {
  host = await openHost({
    routes,
    options: {
      logger: { info: broken, warn: broken, error: broken },
      onEvent: async () => broken(),
      onFailure: broken,
      renderFailure({ code, status }, _request, response) {
        if (rendersBadly) broken();
        response.status(status).send(`shown: ${code}`);
      },
    },
  });
});
afterAll(() => host.close());

function routes(app: Express): void {
  app.get('/', requiresSignIn(), (request, response) => void response.send(request.entra.account?.username));
  app.get('/calls', async (request, response) => {
    const { method, options } = request.query as { method: 'token' | 'signIn' | 'signOut'; options: string };
    const done = request.entra[method](JSON.parse(options) as object);
    response.send(
      await done.then(
        () => 'done',
        (error: Error) => error.message,
      ),
    );
  });
  app.get('/admin', requiresRole('Admin'), (_request, response) => void response.send('secrets'));
}

test('a logger, events and a failure’s listener that fail keep nobody from signing in, being refused and leaving', async () => {
  const browser = await signedIn(host);
  expect((await browser.visit(`${host.url}/`)).text).toContain('adele');
  const refused = await browser.visit(`${host.url}/admin`);
  expect([refused.status, refused.text]).toEqual([403, 'shown: role_missing']);
  const out = await browser.visit(`${host.url}/logout`, { redirects: 0 });
  expect(out.status).toBe(302);
});

test.each([
  ['token', { scope: ['User.Read'] }, 'scope is no option of token(): see docs/library.md'],
  ['token', { scopes: 'User.Read' }, 'scopes must be texts in a list'],
  ['signIn', { scopes: 'User.Read' }, 'scopes must be texts in a list'],
  ['signOut', { returnTo: 7 }, 'returnTo must be a text'],
])('%s(%j) is refused in a sentence, and does nothing', async (method, options, said) => {
  const browser = await signedIn(host);
  const query = new URLSearchParams({ method, options: JSON.stringify(options) });
  expect((await browser.visit(`${host.url}/calls?${query}`)).text).toBe(said);
  expect((await browser.visit(`${host.url}/`)).text).toContain('adele');
});

test('what fails while a failure is shown is the host’s to show', async () => {
  const browser = await signedIn(host);
  rendersBadly = true;
  const page = await browser.visit(`${host.url}/admin`);
  rendersBadly = false;
  expect([page.status, page.text.includes('broken'), page.text.includes('secrets')]).toEqual([
    403,
    true,
    false,
  ]);
  expect((await createBrowser().visit(`${host.url}/`, { redirects: 0 })).status).toBe(302);
});
