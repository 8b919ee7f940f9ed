import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEmulator } from '../../../src/emulator/index.ts';
import { type Browser, createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/until.ts';
import { packIntoFolder, runNpm } from './packed-file.ts';

const SHOP = ['express-session@1.19.0', 'helmet@8.3.0', 'passport@0.7.0'];
const STAFF = 'adele.vance@contoso.example';

let packed: { folder: string; packed: string };
const running: ChildProcess[] = [];
beforeAll(() => {
  packed = packIntoFolder();
}, 240_000);
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(packed.folder, { recursive: true, force: true });
});

/** Starts the shop with this Express. */
async function openShop(expressVersion: string, environment: Record<string, string>): Promise<string> {
  writeFileSync(join(packed.folder, 'package.json'), '{ "type": "module", "private": true }');
  const versions = [packed.packed, `express@${expressVersion}`, ...SHOP];
  runNpm(['install', '--ignore-scripts', ...versions], packed.folder);
  copyFileSync(resolve('test/runs/packed/shop.mjs'), join(packed.folder, 'shop.mjs'));
  const port = String(await freePort());
  const child = spawn(process.execPath, ['shop.mjs'], {
    cwd: packed.folder,
    env: { PATH: process.env.PATH ?? '', PORT: port, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => said.includes('listening') || child.exitCode !== null);
  return `http://localhost:${port}`;
}

const json = async (browser: Browser, url: string) => JSON.parse((await browser.visit(url)).text);

describe.each(['4.21.0', '4.22.1', '5.3.0'])(
  'Express %s, with Passport, helmet and a session of its own',
  (version) => {
    test('signs staff in beside customers, and out without them', async () => {
      const emulator = await startEmulator({ port: 0 });
      const url = await openShop(version, { ...emulator.environment() });
      const browser = createBrowser();
      await browser.visit(`${url}/customer?name=Kim`);
      const consent = await browser.press(await browser.visit(`${url}/staff`), 'adele.vance', 'work');
      const staff = await browser.press(consent, 'accept');
      expect([staff.url, JSON.parse(staff.text)]).toEqual([
        `${url}/staff`,
        { customer: 'Kim', staff: STAFF, people: 5 },
      ]);
      const order = await browser.visit(`${url}/order`, { method: 'POST', form: { tea: '2' } });
      expect(JSON.parse(order.text)).toEqual({ customer: 'Kim', staff: STAFF, order: { tea: '2' } });
      const refused = await browser.visit(`${url}/admin`);
      expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('Shop.Admin')]);
      const stranger = await createBrowser().visit(`${url}/staff`, {
        headers: { Accept: 'application/json' },
      });
      expect([stranger.status, JSON.parse(stranger.text).error]).toEqual([401, 'sign_in_required']);
      emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50076 } });
      const failed = await createBrowser().press(
        await createBrowser().visit(`${url}/login`),
        'adele.vance',
        'work',
      );
      expect([failed.status, failed.text.includes('Sign in')]).toEqual([400, true]);
      emulator.clearFaults();
      await browser.visit(`${url}/logout`, { redirects: 0 });
      expect(await json(browser, `${url}/who`)).toEqual({ customer: 'Kim' });
      await emulator.close();
    });
  },
);
