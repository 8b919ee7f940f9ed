import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../support/until.ts';

/** A browser of one engine, with a home of its own. */
export interface Engine {
  session: DriverSession;
  /** Where it puts what it downloads. */
  downloads: string;
  /** Why it is there no more; undefined as long as it is. */
  ended(): string | undefined;
  close(): Promise<void>;
}

/** Commands of the WebDriver standard, whose parameters and results they have. */
export interface DriverSession {
  send(command: Command, parameters: Record<string, unknown>): Promise<unknown>;
  end(): Promise<void>;
}

export type Command = 'open' | 'run' | 'click' | 'type';

/** An element as the standard writes a reference to one. */
export interface ElementReference {
  [ELEMENT]: string;
}

/** The key of an element's id (WebDriver, section 12). */
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Pages are waited for by what they show: how far a page is loaded is told differently by each engine. */
export const CAPABILITIES = { pageLoadStrategy: 'none' };

/** A script that a page takes along when it goes is never answered: then it is asked again. */
export const COMMAND_MS = 10_000;
/** How long a browser may take to start, on a machine that is busy. */
export const START_MS = 90_000;
/** How long it may take to end by itself. */
const END_MS = 5_000;

/** Folders of a browser, which go with it. */
export interface Home {
  folder: string;
  downloads: string;
}

export function newHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const downloads = join(folder, 'Downloads');
  mkdirSync(downloads);
  return { folder, downloads };
}

export const forget = ({ folder }: Home) =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

/** Ends, with all that it started, when its input does: so it does when these tests are no more, however they ended. */
const IN_A_GROUP = '("$0" "$@"; kill -s KILL 0) & cat > /dev/null; kill -s KILL 0';
const MOST_TOLD_CHARACTERS = 2_000;

/**
 * Starts a program and the session with the browser that it is, or drives.
 * @throws Error with what the program said, where no session is begun in time
 */
export async function startEngine(
  home: Home,
  [command, ...flags]: readonly [string, ...string[]],
  begin: () => Promise<DriverSession | undefined>,
): Promise<Engine> {
  const { PATH = '' } = process.env;
  const group = spawn('sh', ['-c', IN_A_GROUP, command, ...flags], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: {
      PATH,
      HOME: home.folder,
      TMPDIR: home.folder,
      LANG: 'C.UTF-8',
      LANGUAGE: 'en_GB',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    },
  });
  let told = '';
  group.stderr.on('data', (chunk: Buffer) => {
    told = `${told}${chunk}`.slice(-MOST_TOLD_CHARACTERS);
  });
  const ended = () =>
    group.signalCode === null && group.exitCode === null ? undefined : `${command} ended: ${told}`;
  const over = once(group, 'exit');
  const end = async () => {
    group.stdin.end();
    await over;
    forget(home);
  };
  let session: DriverSession | undefined;
  try {
    await until(async () => {
      const why = ended();
      if (why !== undefined) throw new Error(why);
      session = await begin();
      return session !== undefined;
    }, START_MS);
  } catch (error) {
    await end();
    throw new Error(`There is no session with ${command}, which said: ${told}`, { cause: error });
  }
  return {
    session: session as DriverSession,
    downloads: home.downloads,
    ended,
    async close() {
      const said = session?.end().catch(() => undefined);
      await Promise.race([said, wait(END_MS, undefined, { ref: false })]);
      await end();
    },
  };
}
