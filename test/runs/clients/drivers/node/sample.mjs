// A sample app in a folder: it is started as its client.json says, and a page of it that needs a sign-in is opened.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { perform } from '../../../../emulator/clients/talk.mjs';
import { open } from './browser.mjs';

const { SAMPLE: folder } = process.env;
const {
  command,
  environment = {},
  page,
  shows,
} = JSON.parse(readFileSync(join(folder, 'client.json'), 'utf8'));
const known = (value) => value.replaceAll(/\$(\w+)/g, (_, name) => process.env[name] ?? '');
const own = Object.entries(environment).map(([name, value]) => [name, known(value)]);
const [program, ...given] = command;

await perform({
  async flow() {
    const env = { ...process.env, ...Object.fromEntries(own) };
    spawn(program, given, { cwd: folder, env, stdio: 'ignore' });
    while (!(await fetch(new URL('/', page), { redirect: 'manual' }).catch(() => undefined)))
      await pause(100);
    const response = await open(page);
    const text = await response.text();
    if (!text.includes(shows))
      throw new Error(`status ${response.status} ${text.replaceAll(/<[^>]*>/g, ' ')}`);
    return shows;
  },
});
