import { Agent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { load } from 'cheerio/slim';

/** One answer, as a person would see it. */
export interface Page {
  url: string;
  status: number;
  headers: IncomingHttpHeaders;
  html: string;
  /** The visible text, white space folded. */
  readonly text: string;
}

export interface Visit {
  method?: 'GET' | 'POST' | 'HEAD' | 'DELETE';
  headers?: Record<string, string>;
  form?: Record<string, string>;
  /** How many redirects to follow. Default 20; 0 shows the redirect itself. */
  redirects?: number;
  /** One of this machine's addresses to come from; any of 127.0.0.0/8 is one. */
  localAddress?: string;
}

/** A small browser: cookies by host name (as browsers keep them, ports do not matter), redirects by hand. */
export interface Browser {
  visit(url: string, visit?: Visit): Promise<Page>;
  /** Presses the button whose name contains all the given words, on a page with forms. */
  press(page: Page, ...words: string[]): Promise<Page>;
  /** Presses buttons, each by one list of words, up to the redirect that leads to another origin. @returns where to */
  pressUntilSentAway(page: Page, ...buttons: string[][]): Promise<string>;
  cookieHeader(url: string): string;
  setCookie(url: string, name: string, value: string): void;
  /** A second browser with the same cookies. */
  copy(): Browser;
}

/** Idle connections are given up before the servers of the tests give them up, so that none is found dead. */
const agent = new Agent({ keepAlive: true, timeout: 3_000 });
/** Tests make their own certificates. */
const tlsAgent = new TlsAgent({ keepAlive: true, timeout: 3_000, rejectUnauthorized: false });

type Jar = Map<string, Map<string, string>>;

export function createBrowser(jar: Jar = new Map()): Browser {
  const cookieHeader = (url: string) =>
    [...(jar.get(new URL(url).hostname) ?? new Map<string, string>())]
      .map((pair) => pair.join('='))
      .join('; ');
  const setCookie = (url: string, name: string, value: string) => {
    const { hostname } = new URL(url);
    const cookies = jar.get(hostname) ?? new Map<string, string>();
    jar.set(hostname, cookies.set(name, value));
  };
  const keepCookies = (url: string, lines: readonly string[]) => {
    for (const line of lines) {
      const [, name = '', value = ''] = line.match(/^([^=]+)=([^;]*)/) ?? [];
      if (/max-age=0\b|expires=thu, 01 jan 1970/i.test(line)) jar.get(new URL(url).hostname)?.delete(name);
      else setCookie(url, name, value);
    }
  };
  const visit = async (url: string, options: Visit = {}): Promise<Page> => {
    const page = await send(url, options, cookieHeader(url));
    keepCookies(url, page.headers['set-cookie'] ?? []);
    const { location } = page.headers;
    const left = options.redirects ?? 20;
    if (location === undefined || page.status < 300 || page.status > 399 || left === 0) return page;
    const { headers } = options;
    return visit(new URL(location, url).href, {
      redirects: left - 1,
      ...(headers === undefined ? {} : { headers }),
    });
  };
  const press = (page: Page, ...words: string[]) => {
    const { url, ...submission } = submissionOf(page, words);
    return visit(url, submission);
  };
  const pressUntilSentAway = async (page: Page, ...[words, ...rest]: string[][]): Promise<string> => {
    if (words === undefined) throw new Error(`nothing on ${page.url} leads away: ${page.text.slice(0, 300)}`);
    const { url, ...submission } = submissionOf(page, words);
    let next = await visit(url, { ...submission, redirects: 0 });
    while (next.headers.location !== undefined) {
      const target = new URL(next.headers.location, next.url);
      if (target.origin !== new URL(page.url).origin) return target.href;
      next = await visit(target.href, { redirects: 0 });
    }
    return pressUntilSentAway(next, ...rest);
  };
  return {
    visit,
    press,
    pressUntilSentAway,
    cookieHeader,
    setCookie,
    copy: () => createBrowser(new Map([...jar].map(([host, cookies]) => [host, new Map(cookies)]))),
  };
}

function send(url: string, visit: Visit, cookie: string): Promise<Page> {
  const body = visit.form === undefined ? undefined : new URLSearchParams(visit.form).toString();
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const sent = request(url, optionsOf(url, visit, cookie), (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const html = Buffer.concat(chunks).toString('utf8');
        let text: string | undefined;
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: response.headers,
          html,
          get text() {
            text ??= textOf(html);
            return text;
          },
        });
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // Given up by the server just as it was taken again (Node.js: request.reusedSocket); a GET may be sent twice.
      if (sent.reusedSocket && error.code === 'ECONNRESET' && sent.method === 'GET')
        resolve(send(url, visit, cookie));
      else reject(error);
    });
    sent.end(body);
  });
}

function optionsOf(
  url: string,
  { method, headers, form, localAddress }: Visit,
  cookie: string,
): RequestOptions {
  return {
    agent: url.startsWith('https:') ? tlsAgent : agent,
    method: method ?? (form === undefined ? 'GET' : 'POST'),
    ...(localAddress === undefined ? {} : { localAddress }),
    headers: {
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
  };
}

function textOf(html: string): string {
  const $ = load(html);
  $('head, script, style').remove();
  return $.root().text().replace(/\s+/g, ' ').trim();
}

function submissionOf(page: Page, words: readonly string[]): Visit & { url: string } {
  const $ = load(page.html);
  const button = $('button').filter((_index, element) => {
    const name = `${$(element).text()} ${$(element).attr('aria-label') ?? ''}`.toLowerCase();
    return words.every((word) => name.includes(word.toLowerCase()));
  });
  const first = button.first();
  const form = first.closest('form');
  if (form.length === 0)
    throw new Error(`no button for "${words.join(' ')}" on ${page.url}: ${page.text.slice(0, 500)}`);
  const fields = Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
  const [name, value] = [first.attr('name'), first.attr('value')];
  if (name !== undefined) fields[name] = value ?? '';
  const url = new URL(form.attr('action') || page.url, page.url);
  if (form.attr('method')?.toLowerCase() === 'post') return { url: url.href, method: 'POST', form: fields };
  for (const [key, text] of Object.entries(fields)) url.searchParams.set(key, text);
  return { url: url.href };
}
