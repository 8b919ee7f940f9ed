import { type Browser, createBrowser, type Page } from './browser.ts';

/** Somebody of the emulator's, whose name no page of anybody else's shows by chance. */
export interface Person {
  username: string;
  objectId: string;
  displayName: string;
}

/** How a sign-in went: where something came between, the person clicked again. */
export interface SignedInEnd {
  browser: Browser;
  /** Beyond the first one. */
  furtherClicks: number;
  /** Why each of them was needed: the status and heading of a page, or how the connection failed. */
  reasons: string[];
}

const MOST_CLICKS = 5;

/** People with names that are found again, as many as asked. */
export function peopleOf(count: number): Person[] {
  return Array.from({ length: count }, (_item, index) => {
    const number = String(index).padStart(6, '0');
    return {
      username: `person${number}@contoso.example`,
      objectId: `5eed0000-0000-4000-8000-000000${number}`,
      displayName: `Person Number${number}`,
    };
  });
}

/**
 * Signs in as somebody, clicking again on whatever link the app offers where it did not work.
 * @param beforeClick told of the response that stands there, where the person reads it before they click
 * @throws Error after five clicks
 */
export async function signInAs(
  person: Person,
  appUrl: string,
  beforeClick: (shown: Page | undefined) => Promise<void> = async () => undefined,
): Promise<SignedInEnd> {
  const browser = createBrowser();
  let path = '/login';
  const reasons: string[] = [];
  for (let furtherClicks = 0; furtherClicks < MOST_CLICKS; furtherClicks += 1) {
    const ended = await attempt(person, browser, `${appUrl}${path}`).catch((error: Error) => {
      reasons.push(error.message);
    });
    if (ended?.status === 302) return { browser, furtherClicks, reasons };
    if (ended !== undefined) reasons.push(`${ended.status} ${ended.html.match(/<h1[^>]*>([^<]*)/)?.[1]}`);
    path = ended?.html.match(/href="(\/login[^"]*)"/)?.[1]?.replaceAll('&amp;', '&') ?? '/login';
    await beforeClick(ended ?? undefined);
  }
  throw new Error(`${person.username} could not sign in with ${MOST_CLICKS} clicks: ${reasons.join('; ')}`);
}

/** @returns the response of the redirect URI, or an earlier one that did not lead there */
async function attempt(person: Person, browser: Browser, url: string): Promise<Page> {
  const left = await browser.visit(url, { redirects: 0 });
  const { location } = left.headers;
  if (left.status !== 302 || location === undefined) return left;
  return browser.visit(await acceptAs(person, location), { redirects: 0 });
}

/** Chooses the account and accepts, without looking at a page that lists everybody. */
export async function acceptAs({ username }: Person, authorize: string): Promise<string> {
  const answered = await createBrowser().visit(authorize.replace('/authorize?', '/authorize/continue?'), {
    method: 'POST',
    form: { account: username, decision: 'accept' },
    redirects: 0,
  });
  if (answered.headers.location === undefined) throw new Error(answered.text.slice(0, 300));
  return answered.headers.location;
}

/** What `whoIsIn` says of a response that is no page. */
export const answerOf = (status: number): string => `an answer of ${status}`;

/** Whose page the app shows: the username, undefined for a visitor, or the status of a response that is no page. */
export async function whoIsIn(browser: Browser, appUrl: string): Promise<string | undefined> {
  const page = await browser.visit(`${appUrl}/`, { redirects: 0 });
  const shown = new Set<string>(page.html.match(/person\d{6}@contoso\.example/g) ?? []);
  if (page.status !== 200) return answerOf(page.status);
  return shown.size > 0 ? [...shown].join(' and ') : undefined;
}
