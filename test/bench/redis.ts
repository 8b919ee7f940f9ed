/**
 * `npm run bench -- redis`: what a sign-in, a home page and a users page cost one process and each of two over the same
 * Redis, and what they cost Redis; one process over SQLite stands beside them. In slices that take turns.
 */
import { join } from 'node:path';
import { createClient } from 'redis';
import { type Browser, createBrowser } from '../support/browser.ts';
import { startRedis } from '../support/redis.ts';
import { peopleOf, signInAs } from '../support/sign-ins.ts';
import { cpuTimeMs, median } from './cpu-time.ts';
import { type BenchApp, openStage, say, signInMany } from './stage.ts';

const ROUNDS = Number(process.argv[3] ?? 30);
const SIGN_INS = 15;
const PAGES = 30;
/** The same for each process, so that two have twice as much to do at once. */
const AT_ONCE = 3;
const WEIGHED = 200;

type Operation = 'sign-in' | 'home' | 'users page';
const OPERATIONS: Operation[] = ['sign-in', 'home', 'users page'];

interface Setting {
  name: string;
  apps: BenchApp[];
  /** Signed in, one for each process. */
  browsers: Browser[];
}

/** For one operation. */
interface Cost {
  appCpuMs: number;
  redisCpuMs: number;
  commands: number;
  bytesIn: number;
  bytesOut: number;
}

const people = peopleOf(2_000);
const stage = await openStage(people);
const redis = await startRedis();
const admin = createClient({ url: redis.url });
await admin.connect();
const redisPid = await infoOf('process_id');
try {
  const shared = () => stage.startApp({ REDIS_URL: redis.url });
  // No process is of two settings: it would have done more than the others, and be quicker for that.
  const settings = [
    await settingOf('one process, SQLite', [await stage.startApp({ DATA_DIR: join(stage.folder, 'data') })]),
    await settingOf('one process, Redis', [await shared()]),
    await settingOf('two processes, Redis', [await shared(), await shared()]),
  ];
  report(await measure(settings));
  await weigh();
} finally {
  admin.destroy();
  await stage.close();
  await redis.kill();
}

async function settingOf(name: string, apps: BenchApp[]): Promise<Setting> {
  const browsers: Browser[] = [];
  for (const app of apps) {
    const [person] = people;
    if (person === undefined) throw new Error('there has to be somebody');
    browsers.push((await signInAs(person, app.url)).browser);
  }
  return { name, apps, browsers };
}

type Figures = Map<string, Cost[]>;

async function measure(settings: readonly Setting[]): Promise<Figures> {
  const figures: Figures = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const operation of OPERATIONS) {
      for (const setting of settings) {
        const cost = await slice(setting, operation);
        const key = `${operation}, ${setting.name}`;
        if (round >= ROUNDS / 2) figures.set(key, [...(figures.get(key) ?? []), cost]);
      }
    }
  }
  return figures;
}

/** The same work for each process of a setting, all at once. */
async function slice({ apps, browsers }: Setting, operation: Operation): Promise<Cost> {
  const count = (operation === 'sign-in' ? SIGN_INS : PAGES) * apps.length;
  const before = await meters(apps);
  await Promise.all(apps.map((app, index) => perform(operation, app, browsers[index])));
  const after = await meters(apps);
  const each = (read: (cost: Cost) => number) => (read(after) - read(before)) / count;
  return {
    appCpuMs: each((cost) => cost.appCpuMs),
    redisCpuMs: each((cost) => cost.redisCpuMs),
    commands: each((cost) => cost.commands),
    bytesIn: each((cost) => cost.bytesIn),
    bytesOut: each((cost) => cost.bytesOut),
  };
}

async function perform(operation: Operation, app: BenchApp, browser: Browser | undefined): Promise<void> {
  if (operation === 'sign-in') {
    await signInMany(app.url, people, SIGN_INS, AT_ONCE);
    return;
  }
  const path = operation === 'home' ? '/' : '/graphcall?top=100';
  const lane = async () => {
    for (let count = 0; count < PAGES / AT_ONCE; count += 1) {
      const page = await (browser ?? createBrowser()).visit(`${app.url}${path}`, { redirects: 0 });
      if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function meters(apps: readonly BenchApp[]): Promise<Cost> {
  return {
    appCpuMs: apps.reduce((sum, { pid }) => sum + cpuTimeMs(pid), 0),
    redisCpuMs: cpuTimeMs(redisPid),
    commands: await infoOf('total_commands_processed'),
    bytesIn: await infoOf('total_net_input_bytes'),
    bytesOut: await infoOf('total_net_output_bytes'),
  };
}

async function infoOf(name: string): Promise<number> {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await admin.info())?.[1]);
}

function report(figures: Figures): void {
  const middle = (key: string, read: (cost: Cost) => number) => median((figures.get(key) ?? []).map(read));
  for (const key of figures.keys()) {
    const show = (read: (cost: Cost) => number, digits: number) => middle(key, read).toFixed(digits);
    say(
      `${key}: app ${show((cost) => cost.appCpuMs, 2)} ms CPU; Redis ${show((cost) => cost.redisCpuMs, 3)} ms CPU, ${show((cost) => cost.commands, 1)} commands, ${show((cost) => cost.bytesIn, 0)} bytes in, ${show((cost) => cost.bytesOut, 0)} bytes out`,
    );
  }
  for (const operation of OPERATIONS) {
    const cpuOf = (name: string) => middle(`${operation}, ${name}`, (cost) => cost.appCpuMs);
    const ratio = cpuOf('two processes, Redis') / cpuOf('one process, Redis');
    say(
      `${operation}: CPU for one with two processes is ${ratio.toFixed(3)} of that with one, so two do ${(2 / ratio).toFixed(2)} times as much`,
    );
  }
}

/** Memory of Redis for one session, the places in groups included. */
async function weigh(): Promise<void> {
  await admin.flushAll();
  const before = await infoOf('used_memory');
  const [app] = [await stage.startApp({ REDIS_URL: redis.url })];
  await signInMany(app.url, people, WEIGHED, AT_ONCE);
  const bytes = ((await infoOf('used_memory')) - before) / WEIGHED;
  say(`memory of Redis for one session, its claim included: ${bytes.toFixed(0)} bytes`);
}
