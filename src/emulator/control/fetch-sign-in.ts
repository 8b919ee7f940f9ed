import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { unescaped } from '../http/index.ts';

/** Where an emulator that runs is reached from inside, under whichever name it is called outside. */
interface FetchPlace {
  readonly port: number;
  /** The certificate that it shows (PEM), where it speaks https. */
  readonly certificate: string | undefined;
  /** Whether an address leads here. */
  isOwn(url: URL): boolean;
}

interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly url: URL;
}

const MOST_STEPS = 10;
const DEADLINE_MS = 20_000;

/**
 * Signs somebody in without a browser. `address` is an authorization request, or an address of the app's that leads to
 * one. Resolves to the address that the browser would be sent back to, with the code or the error in it; of a form_post
 * the fields are its query.
 * @throws Error saying what the emulator shows, where that is no way to the app
 */
export async function signInByFetch(
  address: string | URL,
  username: string,
  place: FetchPlace,
): Promise<URL> {
  let cookie = '';
  let seen = await open(await requestAtEmulator(new URL(address), place), place, cookie);
  for (let step = 0; step < MOST_STEPS; step++) {
    const back = wayBack(seen);
    if (back !== undefined && !place.isOwn(back)) return back;
    cookie = seen.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    seen =
      back === undefined
        ? await open(actionOf(seen), place, cookie, choiceOn(seen, username))
        : await open(back, place, cookie);
  }
  throw new Error(`The sign-in goes round in circles: ${wordsOf(seen)}`);
}

/** The authorization request that an address of the app's leads to. */
async function requestAtEmulator(address: URL, place: FetchPlace): Promise<URL> {
  let url = address;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (place.isOwn(url)) return url;
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(DEADLINE_MS) });
    const location = response.headers.get('location');
    await response.body?.cancel();
    if (location === null) throw new Error(`${url.origin}${url.pathname} does not lead to the sign-in`);
    url = new URL(location, url);
  }
  throw new Error(`${address.origin}${address.pathname} goes round in circles`);
}

/** Where a response sends the browser. */
function wayBack({ headers, text, url }: Seen): URL | undefined {
  if (headers.location !== undefined) return new URL(headers.location, url);
  const [form] = /<form id="answer"[\s\S]*?<\/form>/.exec(text) ?? [];
  if (form === undefined) return undefined;
  const target = new URL(attributeOf(form, 'action'), url);
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g))
    target.searchParams.append(attributeOf(input, 'name'), attributeOf(input, 'value'));
  return target;
}

/** What a person would press on the emulator's page. */
function choiceOn({ text }: Seen, username: string): Record<string, string> {
  const account = username.toLowerCase();
  if (text.includes('name="decision" value="accept"')) return { account, decision: 'accept' };
  const buttons = text.match(/<button class="account"[^>]*>/g) ?? [];
  if (buttons.some((one) => attributeOf(one, 'value') === account)) return { account };
  throw new Error(`${username} cannot sign in here: ${wordsOf({ text })}`);
}

function actionOf({ text, url }: Seen): URL {
  const [form = ''] = /<form [^>]*>/.exec(text) ?? [];
  return new URL(attributeOf(form, 'action'), url);
}

function attributeOf(tag: string, name: string): string {
  const [, value = ''] = new RegExp(` ${name}="([^"]*)"`).exec(tag) ?? [];
  return unescaped(value);
}

function wordsOf({ text }: Pick<Seen, 'text'>): string {
  const [main = text] = /<main>[\s\S]*<\/main>/.exec(text) ?? [];
  const words = unescaped(main.replaceAll(/<[^>]*>/g, ' '));
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 500);
}

/** Asks the emulator in this process, whatever the name in the address leads to elsewhere. */
function open(url: URL, place: FetchPlace, cookie: string, form?: Record<string, string>): Promise<Seen> {
  const isTls = place.certificate !== undefined;
  const trust = isTls ? { ca: place.certificate, allowPartialTrustChain: true, servername: 'localhost' } : {};
  const options = {
    ...trust,
    agent: false,
    host: 'localhost',
    port: place.port,
    path: `${url.pathname}${url.search}`,
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: url.host, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    checkServerIdentity: () => undefined,
    signal: AbortSignal.timeout(DEADLINE_MS),
  };
  return new Promise((resolve, reject) => {
    const sent = (isTls ? httpsRequest : httpRequest)(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, text, url }));
    });
    sent.on('error', reject);
    sent.end(form === undefined ? undefined : new URLSearchParams(form).toString());
  });
}
