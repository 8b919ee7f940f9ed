// MSAL Browser in Chromium: a page that signs in by redirect, then renews.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { perform } from '../../../../emulator/clients/talk.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, CHROMIUM, HOME, SSL_CERT_FILE } = process.env;
const PAGE = 'http://localhost:3000/page';
const PERSON = 'adele.vance@contoso.example';
const { resolve } = createRequire(import.meta.url);
const library = readFileSync(join(dirname(resolve('@azure/msal-browser')), 'msal-browser.js'));

const SCRIPT = `
  (async () => {
    const auth = {
      clientId: '${AZURE_CLIENT_ID}',
      authority: 'https://login.microsoftonline.com/${AZURE_TENANT_ID}',
      redirectUri: '${PAGE}',
    };
    const client = new msal.PublicClientApplication({ auth });
    await client.initialize();
    const scopes = ['User.Read'];
    const back = await client.handleRedirectPromise();
    if (back === null) return client.loginRedirect({ scopes });
    const renewed = await client.acquireTokenSilent({ account: back.account, scopes, forceRefresh: true });
    globalThis.outcome = { ok: renewed.account.username };
  })().catch(({ name, message, errorCode }) => {
    globalThis.outcome = { error: { name, message, errorCode } };
  });`;

const app = createServer(({ url }, response) => {
  const isLibrary = url === '/msal.js';
  response.setHeader('Content-Type', isLibrary ? 'text/javascript' : 'text/html');
  response.end(
    isLibrary ? library : `<!doctype html><script src="/msal.js"></script><script>${SCRIPT}</script>`,
  );
});

/** Where Chromium looks for authorities that a person trusts. */
function trustEmulator() {
  const store = join(HOME, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...words) => execFileSync('certutil', [...words, '-d', `sql:${store}`]);
  certutil('-N', '--empty-password');
  certutil('-A', '-t', 'C,,', '-n', 'emulator', '-i', SSL_CERT_FILE);
}

await perform({
  async flow() {
    trustEmulator();
    await new Promise((ready) => app.listen(3000, '127.0.0.1', ready));
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    const page = await browser.newPage();
    await page.goto(PAGE);
    const outcome = await outcomeOn(page);
    await browser.close();
    if (outcome.ok === undefined) throw Object.assign(new Error(outcome.error.message), outcome.error);
    return outcome.ok;
  },
});

/** Does what the person is asked for, until the page has an outcome. */
async function outcomeOn(page) {
  for (;;) {
    const outcome = await page.evaluate(() => globalThis.outcome).catch(() => undefined);
    if (outcome !== undefined) return outcome;
    for (const name of [PERSON, 'Accept']) {
      const button = page.getByRole('button', { name });
      if (await button.isVisible().catch(() => false)) await button.click().catch(() => {});
    }
    await page.waitForTimeout(50);
  }
}
