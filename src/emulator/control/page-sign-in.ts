import { setTimeout as wait } from 'node:timers/promises';
import { NOTICE } from '../pages/index.ts';

/** What is needed of a page in a browser: Playwright's and Puppeteer's have it. */
export interface BrowserPage {
  evaluate(expression: string): Promise<unknown>;
  click(selector: string): Promise<unknown>;
}

const DEADLINE_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** What the page shows, as far as it matters here. */
interface Shown {
  readonly isEmulator: boolean;
  readonly accounts: readonly string[];
  readonly mayAccept: boolean;
  readonly isGoingBack: boolean;
  readonly isLoaded: boolean;
  /** When the document began, in milliseconds: another document has another time. */
  readonly sinceMs: number;
  readonly words: string;
}

const LOOK = `({
  isEmulator: document.readyState !== 'loading' && document.title.endsWith(${JSON.stringify(NOTICE)}),
  accounts: [...document.querySelectorAll('button[name=account]')].map((one) => one.value),
  mayAccept: document.querySelector('button[name=decision][value=accept]') !== null,
  isGoingBack: document.getElementById('answer') !== null,
  isLoaded: document.readyState === 'complete',
  sinceMs: performance.timeOrigin,
  words: document.querySelector('main')?.innerText ?? '',
})`;

/** Who got the latest code since the last sign-in on a page, if anybody did. */
type Newcomer = () => string | undefined;

/**
 * Signs somebody in on a page that was sent to the sign-in: picks the account and accepts where consent is asked for.
 * Resolves when the page has left the emulator, at once where the browser's session sent it straight back.
 * @throws Error saying what the page shows, where that is no way to the app
 */
export async function signInOnPage(page: BrowserPage, username: string, newcomer: Newcomer): Promise<void> {
  const until = Date.now() + DEADLINE_MS;
  const pressed = new Set<string>();
  const hasArrived = arrivalOf(username.toLowerCase(), newcomer);
  let shown: Shown | undefined;
  while (Date.now() < until) {
    shown = (await look(page)) ?? shown;
    if (shown !== undefined && hasArrived(shown, pressed.size > 0)) return;
    const button = shown?.isEmulator === true ? buttonFor(shown, username) : undefined;
    if (button !== undefined && !pressed.has(button)) {
      pressed.add(button);
      await page.click(button);
    }
    await wait(LOOK_EVERY_MS);
  }
  throw new Error(`The page did not come back from the sign-in. ${inWords(shown)}`);
}

/** Tells whether the page is back at the app. Without a press it is another document than before somebody got a code. */
function arrivalOf(name: string, newcomer: Newcomer): (shown: Shown, hasPressed: boolean) => boolean {
  let before: number | undefined;
  return ({ isEmulator, isLoaded, sinceMs }, hasPressed) => {
    if (hasPressed) return !isEmulator;
    const who = newcomer();
    if (who === undefined) before = sinceMs;
    if (who === undefined || isEmulator || !isLoaded || sinceMs === before) return false;
    if (who === name) return true;
    throw new Error(
      `${who} is signed in in this browser, and came straight back to the app. Ask with prompt=select_account, or use another profile.`,
    );
  };
}

/** Undefined while the page is on its way from one to the next. */
async function look(page: BrowserPage): Promise<Shown | undefined> {
  try {
    return (await page.evaluate(LOOK)) as Shown;
  } catch {
    return undefined;
  }
}

/** The button to press, if there is one. @throws Error where there is no way on */
function buttonFor(shown: Shown, username: string): string | undefined {
  if (shown.mayAccept) return 'button[name=decision][value=accept]';
  if (shown.isGoingBack) return undefined;
  const name = username.toLowerCase();
  if (shown.accounts.includes(name)) return `button[name=account][value=${JSON.stringify(name)}]`;
  throw new Error(`${username} cannot sign in here. ${inWords(shown)}`);
}

function inWords(shown: Shown | undefined): string {
  if (shown === undefined) return 'It shows nothing.';
  if (!shown.isEmulator) return 'It is not at the sign-in: send it there first.';
  return `It shows: ${shown.words.replaceAll(/\s+/g, ' ').slice(0, 500)}`;
}
