import { HOSTILE_TARGETS } from '../../support/hostile-targets.ts';
import { inParallel } from '../../support/stage.ts';
import type { World } from '../../support/world.ts';
import { callbackOf, knownBrowser } from './outcome.ts';
import { sendRaw } from './raw.ts';

const AT_ONCE = 6;

/** Those that can be sent in the path or query of a raw request line. */
export const RAW_TARGETS = HOSTILE_TARGETS.filter((target) => /^[^\0\r\n ]{1,2000}$/.test(target));

/** Where a browser would end: the origin, and whether any reading of the path is one of another host. */
export function leadsFrom(base: string, location: string | undefined): string {
  if (location === undefined) return 'nowhere';
  if (!URL.canParse(location, base)) return `junk ${location}`;
  const url = new URL(location, base);
  if (url.origin !== base) return `away: ${location}`;
  const readings = [location, url.pathname, decoded(url.pathname)];
  return readings.some((reading) => /^\/[/\\]|^[a-z]+:|[\r\n]/i.test(reading))
    ? `perhaps away: ${location}`
    : 'here';
}

/** Where a sign-in leads that was asked to come back to each of the targets. */
export async function endsAfterSignIn(world: World, targets: readonly string[]): Promise<string[]> {
  const known = await knownBrowser(world);
  return inParallel(targets, AT_ONCE, async (target) => {
    const browser = known.copy();
    const callback = await callbackOf(browser, world, `/login?returnTo=${encoded(target)}`);
    const page = await browser.visit(callback, { redirects: 0 });
    return `${page.status} ${leadsFrom(world.url, page.headers.location)}`;
  });
}

/** The same where a page asks for the sign-in by itself, and the target stands in its address. */
export async function endsWhereAsked(world: World, targets: readonly string[]): Promise<string[]> {
  const known = await knownBrowser(world);
  return inParallel(targets, AT_ONCE, async (target) => {
    const line = `GET /graphcall?top=5&x=${bytes(target)} HTTP/1.1`;
    const answer = await sendRaw(world.url, [line, 'Host: localhost']);
    if (answer.status !== 302) return `${answer.status}`;
    const browser = known.copy();
    const [, name, value = ''] = /^([^=]+)=([^;]*)/.exec(answer.header('set-cookie') ?? '') ?? [];
    if (name !== undefined) browser.setCookie(world.url, name, value);
    const callback = await callbackOf(browser, world, answer.header('location') ?? '');
    const page = await browser.visit(callback, { redirects: 0 });
    return leadsFrom(world.url, page.headers.location);
  });
}

/** As short as it may be written: ten thousand slashes still fit a request line. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}

/** A target in the bytes of a raw request line. */
export function bytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
