import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { entra, requiresSignIn } from '../../src/sign-in/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { openHost, settingsFor, signedIn } from './host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function routes(app: Express): void {
  app.get('/', requiresSignIn(), (request, response) => {
    response.send(request.entra.account?.displayName);
  });
}

test('an app keeps its sessions in a folder of its own within the one that it names', async () => {
  const host = await openHost({ options: { store: { folder } }, routes });
  const browser = await signedIn(host);
  expect((await browser.visit(`${host.url}/`)).text).toContain('Adele Vance');
  const own = join(folder, 'private');
  const modes = ['.', ...readdirSync(own)].map((name) => statSync(join(own, name)).mode & 0o777);
  expect(new Set(modes)).toEqual(new Set([0o700, 0o600]));
  await host.close();
});

test('an app does not begin with a store that a link leads to', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'library-elsewhere-'));
  symlinkSync(elsewhere, join(folder, 'private'));
  const emulator = await openEmulator();
  const signIn = entra({ ...settingsFor(emulator, 'http://localhost:3000'), store: { folder } });
  await expect(signIn.ready()).rejects.toMatchObject({
    code: 'configuration',
    problems: ['DATA_DIR: private in it is a link, which is not followed: remove it'],
  });
  expect(readdirSync(elsewhere)).toEqual([]);
  rmSync(elsewhere, { recursive: true });
  await emulator.close();
});
