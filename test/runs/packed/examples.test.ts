import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chromiumPath } from '../../support/chromium.ts';
import { packIntoFolder, runNpm } from './packed-file.ts';

let folder: string;
let packed: string;
beforeAll(() => {
  ({ folder, packed } = packIntoFolder());
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['vitest', 'playwright'])(
  'the example with %s passes its own tests, with the packed file',
  (name) => {
    const example = join(folder, name);
    cpSync(resolve('examples', name), example, {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    });
    runNpm(['install', '--ignore-scripts', packed], example);
    const { status, stdout, stderr } = spawnSync('npm', ['test'], {
      ...{ cwd: example, encoding: 'utf8', timeout: 180_000 },
      env: { PATH: process.env.PATH ?? '', HOME: folder, CI: '1', CHROMIUM_PATH: chromiumPath() },
    });
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  },
);
