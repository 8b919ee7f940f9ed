import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until as untilSo } from '../../support/until.ts';
import { ELEMENT, type ElementReference, type Engine } from './engine.ts';

/** What somebody does with a page, and sees of it, in whichever engine. */
export interface Tab {
  open(url: string): Promise<void>;
  /** Presses what is called so, when it is there: a link, a button, or what opens a menu. */
  press(name: string): Promise<void>;
  /** Types into the field of that label. */
  type(label: string, text: string): Promise<void>;
  /** Waits until the page shows this to somebody who looks. */
  shows(words: string | RegExp): Promise<void>;
  read<Result>(expression: string): Promise<Result>;
  /** Removes what was downloaded: WebKit's browser gives up a file whose name is taken. */
  forgetDownloads(): void;
  /** Waits for a file like this among those that were downloaded. */
  downloaded(isWanted: (text: string) => boolean): Promise<string>;
}

/** Of an element as people hear of it; good enough for pages of ours. */
const NAMED = `const [wanted] = arguments;
  const nameOf = (one) => (one.getAttribute('aria-label') ?? one.textContent).replace(/\\s+/g, ' ').trim();
  const found = [...document.querySelectorAll('a[href], button, summary')].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && nameOf(one).includes(wanted));
  return found.find((one) => nameOf(one) === wanted) ?? found[0] ?? null;`;
const LABELLED = `const [wanted] = arguments;
  return [...document.querySelectorAll('input, select')].find(
    (one) => [...(one.labels ?? [])].some((label) => label.textContent.trim() === wanted)) ?? null;`;

const IS_NEW = "globalThis.isLeft === undefined && document.readyState !== 'loading'";

/** What a page of ours takes, ten times over: after this, it never will. */
const STEP_MS = 40_000;

/** The page of an engine. */
export function tabOf({ session, downloads, ended }: Engine): Tab {
  /** A page may go while it is looked at: then the next one is. */
  const until = (isSo: () => Promise<boolean>) =>
    untilSo(async () => {
      const why = ended();
      if (why !== undefined) throw new Error(why);
      return isSo().catch(() => false);
    }, STEP_MS);
  const run = (script: string, ...args: unknown[]) => session.send('run', { script, args });
  const find = async (script: string, name: string) => {
    const found = (await run(script, name)) as ElementReference | null;
    return found?.[ELEMENT];
  };
  const act = (script: string, name: string, action: (id: string) => Promise<unknown>) =>
    until(async () => {
      const id = await find(script, name);
      if (id !== undefined) await action(id);
      return id !== undefined;
    });
  const read = async <Result>(expression: string) => (await run(`return ${expression};`)) as Result;
  return {
    async open(url) {
      // The page before has much of what is looked for, and goes on living until the new one is there.
      await read('globalThis.isLeft = true').catch(() => undefined);
      await session.send('open', { url });
      await until(() => read<boolean>(IS_NEW));
    },
    press: (name) => act(NAMED, name, (id) => session.send('click', { id })),
    type: (label, text) => act(LABELLED, label, (id) => session.send('type', { id, text })),
    shows: (words) =>
      until(async () => {
        const text = await read<string>('document.body?.innerText ?? ""');
        return typeof words === 'string' ? text.includes(words) : words.test(text);
      }),
    read,
    forgetDownloads() {
      for (const name of readdirSync(downloads)) rmSync(join(downloads, name), { force: true });
    },
    async downloaded(isWanted) {
      const found = () => textsIn(downloads).find(isWanted);
      await until(async () => found() !== undefined);
      return found() ?? '';
    },
  };
}

/** What is still under way may get its name, or go, at any time. */
function textsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readFileSync(join(folder, name), 'utf8')];
    } catch {
      return [];
    }
  });
}
