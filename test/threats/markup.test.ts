import { describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { fault, useWorld } from '../support/stage.ts';
import { signedIn } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';

const world = useWorld();

const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><script>alert(1)</script>',
  '</td></tr></table><img src=x onerror=alert(1)>',
  '{{7*7}}',
  '<%= 7*7 %>',
  '$' + '{7*7}',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '\u202Egnp.exe',
  '\u0000\u0007\u001b[31m',
  '<!--',
  ']]>',
  '&lt;script&gt;',
  '\uD800 alone',
];

describe('text of the directory', () => {
  test('K56 is shown as text, whatever it is', async () => {
    const rows = SCRIPTS.flatMap((text, index) => [
      {
        id: `${index}`,
        displayName: text,
        givenName: text,
        surname: text,
        mail: text,
        userPrincipalName: text,
      },
      { id: text, mail: `a@${text}`, userPrincipalName: `${text}@b` },
    ]);
    const browser = await signedIn(world());
    fault(world(), { at: 'users', fault: { kind: 'rows', rows } });
    const page = await browser.visit(`${world().url}/graphcall`);
    expect(page.status).toBe(200);
    expect(foundIn(page.html)).toEqual(CLEAN);
    expect(page.text).toContain('<script>alert(1)</script>');
    expect(page.text).not.toMatch(/(^| )49( |$)/);
  });

  test.each(SCRIPTS)('K56 of the person’s own name is shown as text: %#', async (text) => {
    fault(world(), {
      at: 'token',
      fault: { kind: 'id-token', claims: { name: text, preferred_username: text } },
    });
    const browser = await signedIn(world());
    for (const path of ['/', '/graphcall', '/nowhere']) {
      expect(foundIn((await browser.visit(`${world().url}${path}`)).html)).toEqual(CLEAN);
    }
  });

  test('K56 a megabyte of a name is cut', async () => {
    const browser = await signedIn(world());
    fault(world(), {
      at: 'users',
      fault: { kind: 'rows', rows: [{ id: 'a', displayName: 'x'.repeat(900_000) }] },
    });
    const page = await browser.visit(`${world().url}/graphcall`);
    expect([page.status, page.html.length < 50_000]).toEqual([200, true]);
  });
});

const OPTIONS =
  'settings[view options][outputFunctionName]=x;process.exit(1);//&settings[view options][client]=1&delimiter=?&cache=1&client=1&debug=1&_with=0&localsName=x&escapeFunction=1;process.exit(2)&__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__.polluted=1';

test('K57 no parameter reaches a template or a prototype', async () => {
  const browser = await signedIn(world());
  const plain = await browser.visit(`${world().url}/`);
  const page = await browser.visit(`${world().url}/?${encodeURI(OPTIONS)}`);
  expect(withoutChanging(page.html)).toBe(withoutChanging(plain.html));
  for (const path of ['/login', '/graphcall', '/getAToken', '/language', '/nowhere']) {
    const answer = await browser.visit(`${world().url}${path}?${encodeURI(OPTIONS)}`, { redirects: 0 });
    expect(answer.status).toBeLessThan(500);
  }
  const json = JSON.stringify({ __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } });
  for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
    await sendRaw(
      world().url,
      [
        'POST /logout HTTP/1.1',
        'Host: localhost',
        'Origin: https://evil.example',
        `Content-Type: ${type}`,
        `Content-Length: ${json.length}`,
      ],
      json,
    );
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

/** The links of a page hold its own address, which is what differs. */
function withoutChanging(html: string): string {
  return html.replace(/href="[^"]*"/g, '');
}

const CLEAN = { scripts: ['/copy.js'], handlers: [], links: [], frames: 0 };

function foundIn(html: string): typeof CLEAN {
  const $ = load(html);
  const elements = $('*').toArray();
  const attributes = elements.flatMap((element) => Object.entries($(element).attr() ?? {}));
  const scripts = $('script').toArray();
  return {
    scripts: scripts.some((script) => !$(script).attr('src')?.startsWith('/')) ? ['inline'] : ['/copy.js'],
    handlers: attributes.filter(([name]) => name.startsWith('on')).map(String) as never[],
    links: attributes
      .filter(
        ([name, value]) => /^(href|src|action)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value),
      )
      .map(String) as never[],
    frames: $('iframe, object, embed, base, meta[http-equiv]').length,
  };
}
