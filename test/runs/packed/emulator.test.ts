import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchNode } from '../../support/node-version.ts';
import { packIntoFolder, runNpm } from './packed-file.ts';

/** A folder of somebody's whose tests want an emulator in their own process. */
let folder: string;
beforeAll(() => {
  const made = packIntoFolder();
  folder = made.folder;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  runNpm(['install', '--ignore-scripts', made.packed], folder);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same story for each runner: somebody new signs in, time goes by, and it is in the ledger. */
const STORY = `
  const emulator = await startEmulator({ port: 0, users: 3, seed: { accounts: [{ username: 'ada@contoso.example', roles: ['Admin'] }] } });
  const { CLIENT_ID } = emulator.environment();
  const query = new URLSearchParams({ client_id: CLIENT_ID, response_type: 'code', scope: 'openid', redirect_uri: 'http://localhost:5000/getAToken' });
  const back = await emulator.signInByFetch(emulator.url + '/common/oauth2/v2.0/authorize?' + query, 'ada@contoso.example');
  const token = emulator.accessToken({ audience: 'api://my-api', username: 'ada@contoso.example', expiresInSeconds: -300 });
  emulator.clock.advance({ minutes: 61 });
  const seen = {
    code: back.searchParams.has('code'),
    roles: JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).roles,
    later: emulator.clock.now() - Date.now() > 3_600_000,
    paths: emulator.ledger().length > 1,
  };
  await emulator.close();`;
const SEEN = `{ code: true, roles: ['Admin'], later: true, paths: true }`;
const NAME = 'ms-identity-typescript-webapp/emulator';

const FILES = {
  'node.test.mjs': `import test from 'node:test';
import assert from 'node:assert';
import { startEmulator } from '${NAME}';
test('the story', async () => {${STORY}
  assert.deepEqual(seen, ${SEEN});
});`,
  'node.test.cjs': `const test = require('node:test');
const assert = require('node:assert');
const { startEmulator } = require('${NAME}');
test('the story', async () => {${STORY}
  assert.deepEqual(seen, ${SEEN});
});`,
  'jest.test.js': `const { startEmulator } = require('${NAME}');
test('the story', async () => {${STORY}
  expect(seen).toEqual(${SEEN});
});`,
} as const;

function runIn(node: string, file: keyof typeof FILES, runner: readonly string[]) {
  writeFileSync(join(folder, file), FILES[file]);
  const { status, stdout, stderr } = spawnSync(node, [...runner, file], {
    ...{ cwd: folder, encoding: 'utf8', timeout: 120_000 },
    env: { PATH: process.env.PATH ?? '' },
  });
  return { status, said: status === 0 ? '' : `${stdout}${stderr}` };
}

const nodeOf = (major: string) =>
  process.versions.node.startsWith(`${major}.`) ? process.execPath : fetchNode(major);

describe.each(['20', '22', '24'])('under Node %s', (major) => {
  test.each(['node.test.mjs', 'node.test.cjs'] as const)('an emulator in the process of %s', (file) => {
    expect(runIn(nodeOf(major), file, ['--test'])).toEqual({ status: 0, said: '' });
  });
});

test('an emulator in the process of Jest, which loads tests as CommonJS by itself', () => {
  const jest = resolve('node_modules/jest/bin/jest.js');
  expect(runIn(process.execPath, 'jest.test.js', [jest, '--rootDir', folder])).toEqual({
    status: 0,
    said: '',
  });
});
