import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { load } from 'cheerio';
import fc from 'fast-check';
import type { ErrorCode } from '../../src/errors.ts';
import { LANGUAGES } from '../../src/failures/language.ts';
import { REMEDIES } from '../../src/failures/remedies.ts';
import { KNOWN_CODES } from '../../src/failures/topics.ts';
import type { DirectoryUser } from '../../src/graph/users/directory-user.ts';
import type { OwnSession } from '../../src/sign-in/index.ts';
import type { FailurePage } from '../../src/web/failure/failure-view.ts';
import type { Frame, Person } from '../../src/web/layout/frame.ts';
import { HUES } from '../../src/web/layout/initials.ts';
import { domainOf } from '../../src/web/layout/organisation.ts';
import { loadPages } from '../../src/web/pages.ts';
import { anyCharacter } from '../support/any-character.ts';
import { CATALOGUES } from '../support/words.ts';

const pages = loadPages(new URL('../../views/', import.meta.url), '1.2.3');

const TENANT = '7d3c1a52-1f0e-4a53-9a0c-2a3f4d5e6f70';
const adele: Person = {
  displayName: 'Adele Vance',
  username: 'adele@contoso.example',
  kind: 'work',
  tenantId: TENANT,
  domain: 'contoso.example',
};
const time = new Date('2025-11-20T14:10:05Z');
const correlationId = '0b7f6a52-1f0e-4a53-9a0c-2a3f4d5e6f70';
const CONSENT = 'https://login.example/t/v2.0/adminconsent?client_id=1&scope=a';
const REDIRECT_URI = 'https://directory.example/getAToken';

const frame = (more: Partial<Frame> = {}): Frame => ({ language: 'en', path: '/graphcall', ...more });
const signedIn = (more: Partial<Frame> = {}): Frame => frame({ person: adele, ...more });

const user = (more: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: '1',
  displayName: 'Alex Wilber',
  givenName: 'Alex',
  surname: 'Wilber',
  mail: 'alex@contoso.example',
  userPrincipalName: 'alexw@contoso.example',
  ...more,
});

const session = (more: Partial<OwnSession>): OwnSession => ({
  key: 'k',
  startedAt: time,
  lastUsedAt: time,
  isThis: false,
  end: async () => {},
  ...more,
});

const failure = (code: ErrorCode, more: Partial<FailurePage> = {}): FailurePage => ({
  code,
  correlationId,
  time,
  returnTo: '/graphcall',
  redirectUri: REDIRECT_URI,
  ...more,
});

/** As long as they are for a tenant of Microsoft’s. */
const MICROSOFT_CONSENT = `https://login.microsoftonline.com/${correlationId}/v2.0/adminconsent?${new URLSearchParams(
  {
    client_id: correlationId,
    scope: 'User.ReadBasic.All Mail.Read Calendars.Read',
    redirect_uri: REDIRECT_URI,
  },
)}`;
/** What Windows hands to the program that an address belongs to. */
const LONGEST_ADDRESS = 2_048;

const PERSON_ID = '0b7f6a52-1f0e-4a53-9a0c-2a3f4d5e6f70';

/** Every page and state, all data in it made by `of`, which is told what the value is for. */
function everyPage(language: string, of: (name: string) => string): string[] {
  const person: Person = {
    displayName: of('name'),
    username: of('username'),
    kind: 'work',
    tenantId: of('tenant'),
    domain: of('domain'),
  };
  const around: Frame = { language, path: `/?${of('path')}`, person, notice: 'emulator' };
  const people = [
    user({ id: of('id'), displayName: of('name'), mail: of('mail'), userPrincipalName: of('username') }),
    user({ displayName: undefined, givenName: of('given'), surname: of('surname'), mail: undefined }),
  ];
  const wrong = failure('sign_in_failed', {
    upstreamCode: of('code'),
    correlationId: of('correlation'),
    upstreamCorrelationId: of('upstream'),
    retryAfterSeconds: 30,
    returnTo: `/${of('return')}`,
    adminConsentUrl: `https://login.example/?${of('consent')}`,
  });
  return [
    pages.home({ ...around, person: { ...person, kind: 'personal' } }),
    pages.home({ ...around, person: { ...person, kind: 'guest' } }),
    pages.home(around),
    pages.home({ language, path: `/?${of('path')}` }),
    pages.users(around, {
      people,
      total: 2,
      nextUrl: `/${of('next')}`,
      firstUrl: `/${of('first')}`,
      incomplete: true,
    }),
    pages.users(around, {
      people,
      url: `/?${of('page')}`,
      nextUrl: '/',
      previousUrl: `/${of('previous')}`,
      incomplete: false,
    }),
    pages.users(around, { people: [], incomplete: false }),
    pages.users(around, { people: [], incomplete: true, search: of('search') }),
    pages.users(around, { people: [], incomplete: false, search: of('search'), tooLong: true }),
    pages.users(around, {
      people,
      incomplete: false,
      search: of('search'),
      total: 2,
      top: 7,
      beginningsOnly: true,
    }),
    pages.person(around, {
      person: people[0] ?? user(),
      listUrl: `/${of('list')}`,
      askFor: [of('permission')],
    }),
    pages.person(around, {
      person: {
        ...user(),
        id: PERSON_ID,
        displayName: of('name'),
        jobTitle: of('title'),
        department: of('department'),
        officeLocation: of('office'),
        businessPhones: [of('phone'), '+1 555 0100'],
        mobilePhone: of('mobile'),
        manager: user({ id: PERSON_ID, displayName: of('manager') }),
      },
      listUrl: '/graphcall',
      askFor: [],
    }),
    pages.profile(around, { profile: people[0] ?? user() }),
    pages.permissions(around, {
      asked: [of('asked'), 'User.Read'],
      granted: ['User.Read', of('granted')],
      missing: [of('asked')],
      roles: [of('role'), 'Auditor'],
      expiresAt: time,
    }),
    pages.permissions(around, {
      asked: ['openid'],
      granted: ['openid'],
      missing: [],
      roles: [],
    }),
    pages.sessions(around, [session({ browser: of('browser'), system: of('system') })]),
    pages.sessions(around, [session({ isThis: true }), session({ system: of('system') }), session({})]),
    pages.consentGiven(around),
    pages.failure(around, wrong),
    pages.failure(around, { ...wrong, code: 'admin_consent_failed', upstreamCode: 'AADSTS500011' }),
    pages.failure(around, { ...wrong, upstreamCode: 'AADSTS50011', redirectUri: of('redirect') }),
    pages.signOutQuestion(around),
  ];
}

const benign = (language: string): string[] => everyPage(language, (name) => name);

/** Tags with the names of their attributes, in order: what data must not be able to change. */
/** Where an address may break is no part of it. */
const unbroken = (html: string): string => html.replaceAll('<wbr>', '');

const skeletonOf = (html: string): string[] =>
  [
    ...unbroken(html).matchAll(/<(\/?[a-z][\w-]*|!doctype)((?:\s+[\w-]+(?:="[^"]*")?|\s+html)*)\s*\/?>/gi),
  ].map(([, tag, attributes = '']) => `${tag}${attributes.replaceAll(/="[^"]*"/g, '')}`);

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const attributesOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => decoded(value));

const linkTo = (html: string, label: string): string | undefined =>
  new RegExp(`<a [^>]*href="([^"]*)"[^>]*>(?:<[^>]*>|\\s)*${label}`).exec(html)?.[1];

/** As browsers call it. */
const KEYS = ['Escape', 'Enter', 'Home', 'End', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

const textOf = (html: string): string =>
  decoded(
    unbroken(html)
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' '),
  );

const fragment = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onclick='alert(1)",
  '</textarea></title></style>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '<b>@<i>',
  '{{app}}',
  '$t(app.name)',
  '<%= page %>',
  '<%- page.body %>',
  '\u202e\u2066',
  '\u0000',
  '\ud800',
  'javascript:alert(1)',
  'data:text/html,<b>',
  '`',
  '//evil.example',
  '\\evil',
  '\r\nSet-Cookie: a=b',
);
const hostile = fc
  .array(fc.oneof(fragment, fc.string({ unit: anyCharacter, maxLength: 8 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

describe('whatever people and servers write', () => {
  test.each(LANGUAGES)('changes no page in %s but for its text', (language) => {
    const expected = benign(language).map(skeletonOf);
    fc.assert(
      fc.property(hostile, (text) => {
        // The space keeps the mail address from being one, as in the benign page.
        expect(everyPage(language, (name) => `${name} ${text}`).map(skeletonOf)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('makes no address of another host or scheme', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = everyPage('en', () => text).join('');
        const targets = [...attributesOf(html, 'href'), ...attributesOf(html, 'action')];
        const outside = targets.filter(
          (target) =>
            !/^(\/(?![/\\])|#main$|#heading$|#pager$|tel:\+?\d+$|mailto:[^?&]+$|mailto:\?subject=[^?&]+&body=[^?&]+$|https:\/\/entra\.microsoft\.com\/$|https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=[^&]+$)/.test(
              target,
            ),
        );
        expect(outside.every((target) => target.startsWith('https://login.example/?'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['a tag', '<b>bold</b>'],
    ['quotes', `"'\``],
    ['a placeholder', '{{app}} {{number}}'],
    ['a reference to other words', '$t(app.name)'],
    ['a template', '<%= 1 + 1 %>'],
    ['an entity', '&amp;lt;'],
  ])('is shown as it is: %s', (_name, text) => {
    const html = pages.users(signedIn({ person: { ...adele, displayName: text } }), {
      people: [user({ displayName: text })],
      incomplete: false,
    });
    expect(decoded(html)).toContain(`<bdi class="name">${text}</bdi>`);
    expect(decoded(html)).toContain(`<bdi>${text}</bdi>`);
  });

  test('is read as it was written', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const pages = everyPage('en', (name) => `${name} 李 😀 ${text}`);
        expect(pages.filter((html) => decoded(html).includes('李 😀'))).not.toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('has its own direction', () => {
    const html = everyPage('en', (name) => `\u05d0${name}`).join('');
    const shown = [...html.matchAll(/<([a-z]+)([^>]*)>\u05d0(?:name|username|mail|given)/g)];
    expect(shown.length).toBeGreaterThan(0);
    const undirected = shown.filter(
      ([, tag, attributes = '']) => tag !== 'bdi' && tag !== 'title' && !attributes.includes('dir="auto"'),
    );
    expect(undirected).toEqual([]);
  });
});

describe.each(LANGUAGES)('every page in %s', (language) => {
  const states = [
    ...benign(language),
    ...(Object.keys(REMEDIES) as ErrorCode[]).map((code) =>
      pages.failure(frame({ language }), failure(code)),
    ),
  ];

  test('names its language and direction', () => {
    expect(
      states.filter((html) => !html.startsWith(`<!doctype html>\n<html lang="${language}" dir="ltr">`)),
    ).toEqual([]);
  });

  test('has nothing inline that the Content-Security-Policy would block', () => {
    const blocked =
      /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc="\/)|javascript:|<iframe|<base|src="(?!\/[\w./?&;=%-]+")/i;
    expect(states.filter((html) => blocked.test(html))).toEqual([]);
  });

  test('has one main heading, one main part and a title that begins like the heading', () => {
    for (const html of states) {
      const headings = [...html.matchAll(/<h1 id="heading"(?: dir="auto")?>([^<]+)<\/h1>/g)];
      expect(headings).toHaveLength(1);
      expect(html.match(/<main /g)).toHaveLength(1);
      expect(html).toContain(`<title>${headings[0]?.[1]} – `);
    }
  });

  test('leaves no key, placeholder or empty value in the text', () => {
    const keys = Object.keys(CATALOGUES.en).join('|');
    const raw = new RegExp(`\\b(${keys})\\.\\w+|\\{\\{|undefined|null|NaN|\\[object`);
    expect(states.map(textOf).filter((text) => raw.test(text))).toEqual([]);
  });

  test('offers the other languages, and marks its own', () => {
    for (const html of states) {
      expect(html.match(/aria-current="true"/g)).toHaveLength(2);
      expect(html).toMatch(new RegExp(`hreflang="${language}" rel="nofollow" aria-current="true"`));
      for (const other of LANGUAGES) expect(html).toContain(`href="/language?to=${other}&amp;returnTo=`);
    }
  });

  test('has every id once', () => {
    for (const html of states) {
      const ids = attributesOf(html, 'id');
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

test('a language that the pages do not exist in falls back to English', () => {
  expect(pages.home(frame({ language: 'fr"><b>' }))).toContain('<html lang="en" dir="ltr">');
});

test('the footer names the version, and marks the appearance that was chosen', () => {
  const html = pages.home(frame({ path: '/', appearance: 'dark' }));
  expect(textOf(html)).toContain('Version 1.2.3');
  expect(html).toContain('<html lang="en" dir="ltr" data-theme="dark">');
  expect(html).toContain('<meta name="color-scheme" content="dark">');
  expect(html).toMatch(
    /href="\/appearance\?to=dark&amp;returnTo=%2F" rel="nofollow" aria-current="true">Dark/,
  );
  expect(pages.home(frame())).not.toContain('data-theme');
});

describe('the home page', () => {
  test('signed out, it has one way in, which comes back here', () => {
    const html = pages.home(frame({ path: '/' }));
    expect(linkTo(html, 'Sign in')).toBe('/login?returnTo=%2F');
    expect(html.match(/\/login/g)).toHaveLength(1);
    expect(html).not.toContain('/logout');
  });

  test.each(LANGUAGES)('in %s, it says Microsoft only where it is Microsoft', (language) => {
    const { layout, welcome } = CATALOGUES[language];
    const real = textOf(pages.home(frame({ language, path: '/' })));
    const local = textOf(pages.home(frame({ language, path: '/', notice: 'emulator' })));
    expect(real).toContain(welcome.privacy);
    expect(real).not.toContain(layout.emulator);
    for (const words of [welcome.privacyEmulator, layout.emulator]) expect(local).toContain(words);
    expect(local).not.toContain(welcome.privacy);
  });

  test('signed in, it says who, and searches', () => {
    const html = pages.home(signedIn({ path: '/' }));
    expect(textOf(html)).toContain('You are signed in as Adele Vance of contoso.example.');
    expect(load(html)('main form[role=search]').attr('action')).toBe('/graphcall');
    expect(linkTo(html, 'See everyone')).toBe('/graphcall');
  });
});

describe('the organisation', () => {
  const facts = (html: string) =>
    load(html)('main .facts div').filter((_index, row) => /^Organisation/.test(load(row).text()));
  const inHeader = (html: string) => load(html)('.sheet .who').text().replaceAll(/\s+/g, ' ').trim();
  const everyPageThatSays = (person: Person) => [
    pages.permissions(frame({ person }), { asked: [], granted: [], missing: [], roles: [] }),
  ];

  test.each([
    ['work', 'contoso.example', `contoso.exampleID ${TENANT}`, 'Organisation: contoso.example'],
    ['work', undefined, `ID ${TENANT}`, 'Organisation: 7d3c1a52…'],
    [
      'guest',
      'tailspin.example',
      `You are a guest in this organisation. Your own account is from tailspin.example.ID ${TENANT}`,
      'Guest of 7d3c1a52…',
    ],
    ['guest', undefined, `You are a guest in this organisation.ID ${TENANT}`, 'Guest of 7d3c1a52…'],
  ] as const)(
    'of a %s account from %s is said in the header and in the facts',
    (kind, domain, said, short) => {
      for (const html of everyPageThatSays({ ...adele, kind, domain })) {
        expect(facts(html).find('dd').text()).toBe(said);
        expect(inHeader(html)).toMatch(new RegExp(`${short}$`));
      }
    },
  );

  test('of a personal account is none', () => {
    for (const html of everyPageThatSays({ ...adele, kind: 'personal' })) {
      expect(facts(html)).toHaveLength(0);
      expect(html).not.toContain(TENANT);
      expect(inHeader(html)).toMatch(/Personal account$/);
    }
  });

  test.each([
    ['adele@contoso.example', 'login.microsoftonline.com', 'contoso.example'],
    ['Zoë@Bücher.example', 'login.microsoftonline.us', 'Bücher.example'],
    ['someone@mailbox.example', 'contoso.ciamlogin.com', undefined],
    ['someone@mailbox.example', 'contoso.b2clogin.com', undefined],
    ['someone@mailbox.example', 'contoso.b2clogin.us', undefined],
    ['jonas_tailspin.example#EXT#@contoso.example', 'login.microsoftonline.com', undefined],
    ['0b7f6a52-1f0e-4a53-9a0c-2a3f4d5e6f70', 'login.microsoftonline.com', undefined],
    ['a@', 'login.microsoftonline.com', undefined],
    ['a@b c', 'login.microsoftonline.com', undefined],
  ])('that %s of %s belongs to is %s', (username, environment, domain) => {
    expect(domainOf({ username, environment })).toBe(domain);
  });
});

describe('the header of a signed-in person', () => {
  const html = pages.signOutQuestion(signedIn({ path: '/graphcall?cursor=x' }));

  test('signs out by POST, without anything in the address', () => {
    expect(html).toMatch(
      /<form method="post" action="\/logout"><button [^>]*type="submit">Sign out<\/button><\/form>/,
    );
  });

  test('offers another account and comes back to this page', () => {
    expect(linkTo(html, 'Switch account')).toBe(
      '/login?prompt=select_account&amp;returnTo=%2Fgraphcall%3Fcursor%3Dx',
    );
  });
});

describe('the users page', () => {
  const page = (more = {}) => pages.users(signedIn(), { people: [user()], incomplete: false, ...more });

  test.each([
    ['en', 1, '1 person'],
    ['en', 250, '250 people'],
    ['nl', 12_345, '12.345 mensen'],
    ['de', 12_345, '12.345 Personen'],
    ['en', undefined, 'People'],
  ])('in %s with a total of %p is headed %p', (language, total, heading) => {
    const model = { people: [user()], incomplete: false, ...(total === undefined ? {} : { total }) };
    expect(pages.users(signedIn({ language }), model)).toContain(`<h1 id="heading">${heading}</h1>`);
  });

  test('shows a row with name, initials, username and a mail link', () => {
    const html = page();
    expect(html).toMatch(
      /<th scope="row"[^>]*><span class="person"><span class="initials hue-\d" aria-hidden="true">AW<\/span><bdi>Alex Wilber<\/bdi>/,
    );
    expect(page({ people: [user({ id: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01' })] })).toMatch(
      /<th scope="row"[^>]*><a class="person" [^>]*><img class="hue-\d" [^>]*initials=AW"[^>]*><bdi>Alex Wilber<\/bdi>/,
    );
    expect(html).toContain(
      '<a href="mailto:alex@contoso.example" aria-label="alex@contoso.example"><bdi>alex<wbr>@contoso.example</bdi></a>',
    );
    expect(html.match(/scope="col"/g)).toHaveLength(2);
    expect(html).toContain('<caption');
  });

  test('shows what is no address as text', () => {
    const html = page({ people: [user({ mail: 'javascript:alert(1)' })] });
    expect(html).toContain('<td role="cell"><bdi>javascript:alert(1)</bdi></td>');
  });

  test.each([
    [{ displayName: undefined }, 'Alex Wilber'],
    [{ displayName: undefined, givenName: undefined }, 'Wilber'],
    [{ displayName: undefined, givenName: undefined, surname: undefined }, 'alexw@contoso.example'],
    [
      {
        displayName: undefined,
        givenName: undefined,
        surname: undefined,
        mail: undefined,
        userPrincipalName: undefined,
      },
      'No name',
    ],
  ])('calls somebody with %j %s', (missing, name) => {
    expect(page({ people: [user(missing)] })).toContain(`<bdi>${name}</bdi>`);
  });

  test('leads to the next, the previous and the first page where there are such', () => {
    const html = page({
      nextUrl: '/graphcall?cursor=n',
      previousUrl: '/graphcall?cursor=p',
      firstUrl: '/graphcall',
    });
    expect(html).toContain('rel="next" href="/graphcall?cursor=n">Next</a>');
    expect(linkTo(html, 'Previous')).toBe('/graphcall?cursor=p');
    expect(linkTo(html, 'First page')).toBe('/graphcall');
    expect(page()).not.toMatch(/>(Next|Previous|First page)</);
  });

  test('repeats nothing of its own address in a row', () => {
    const people = Array.from({ length: 3 }, () => user({ id: PERSON_ID }));
    const html = page({ people, url: '/graphcall?top=all&cursor=c', firstUrl: '/graphcall?top=all' });
    const hrefs = attributesOf(html, 'href').filter((href) => href.includes('/users/'));
    expect(hrefs).toEqual(Array(3).fill(`/graphcall/users/${PERSON_ID}`));
  });

  test('has one way back where the page before is the first', () => {
    const html = page({ previousUrl: '/graphcall', firstUrl: '/graphcall', page: 2 });
    expect(linkTo(html, 'Previous')).toBe('/graphcall');
    expect(html).not.toContain('First page');
  });

  test('says when the list may not be whole, and only then', () => {
    expect(textOf(page({ incomplete: true }))).toContain(CATALOGUES.en.users.incomplete);
    expect(page()).not.toContain('class="note"');
  });

  test('has other words for an empty directory than for an empty page', () => {
    expect(page({ people: [] })).toContain(CATALOGUES.en.users.empty);
    for (const more of [
      {},
      { firstUrl: '/graphcall' },
      { firstUrl: '/graphcall', nextUrl: '/graphcall?cursor=n' },
    ]) {
      expect(page({ people: [], ...more }).match(/class="button primary"/g)).toHaveLength(1);
    }
    const later = page({ people: [], firstUrl: '/graphcall' });
    expect(later).toContain(CATALOGUES.en.users.emptyPage);
    expect(later).not.toContain('<table');
  });
});

test('the profile page says why there are no people, shows the profile and offers another account', () => {
  const personal: Person = { ...adele, kind: 'personal' };
  const html = pages.profile(frame({ person: personal }), { profile: user({ id: 'id-1' }) });
  expect(html).toContain(CATALOGUES.en.profile.why.slice(0, 40));
  expect(textOf(html)).toMatch(/Alex Wilber .*First name Alex .*alexw@contoso\.example .*id-1/);
  expect(linkTo(html.slice(html.indexOf('<main')), 'Use another account')).toContain('prompt=select_account');
});

test('a personal account’s menu leads to the profile, not to people', () => {
  const html = pages.signOutQuestion(frame({ person: { ...adele, kind: 'personal' } }));
  expect(linkTo(html, 'Your profile')).toBe('/graphcall');
  expect(linkTo(html, 'People')).toBeUndefined();
});

test('the question after another site’s sign-out leaves the choice', () => {
  const html = pages.signOutQuestion(signedIn());
  const main = html.slice(html.indexOf('<main'));
  expect(main).toContain('<form method="post" action="/logout">');
  expect(linkTo(main, 'Stay signed in')).toBe('/');
});

describe.each(LANGUAGES)('a failure in %s', (language) => {
  const words = CATALOGUES[language];

  test.each(Object.keys(REMEDIES) as ErrorCode[])('%s has its words, a way on, code and ids', (code) => {
    const html = pages.failure(signedIn({ language }), failure(code));
    const text = textOf(html);
    expect(text).toContain(words.failures[code].heading);
    expect(text).toContain(words.failures[code].what);
    expect(text).toContain(words.failures[code].next);
    for (const value of [code, correlationId, 'UTC']) expect(text).toContain(value);
    const main = html.slice(html.indexOf('<main'));
    expect(main.match(/class="button primary"/g)).toHaveLength(1);
  });
});

describe('a failure', () => {
  const html = (code: ErrorCode, more: Partial<FailurePage> = {}, around: Frame = frame()) =>
    pages.failure(around, failure(code, more));

  test('says more where the platform’s code is known, and shows that code', () => {
    const page = html('sign_in_failed', {
      upstreamCode: 'AADSTS50105',
      upstreamCorrelationId: 'platform-id',
    });
    expect(textOf(page)).toContain(CATALOGUES.en.topics.notAssigned.what);
    expect(textOf(page)).toContain('An administrator of your organisation can solve this.');
    expect(textOf(page)).toMatch(/AADSTS50105 .*platform-id/);
  });

  test('keeps its own words and the number where the code is unknown', () => {
    const page = textOf(html('sign_in_failed', { upstreamCode: 'AADSTS123456789' }));
    expect(page).toContain(CATALOGUES.en.failures.sign_in_failed.what);
    expect(page).toContain('AADSTS123456789');
  });

  test('that an administrator can put right comes with the ready link and a text to copy', () => {
    const page = html('admin_consent_required', { adminConsentUrl: CONSENT, upstreamCode: 'AADSTS90094' });
    expect(decoded(linkTo(page, 'Give permission as an administrator') ?? '')).toBe(CONSENT);
    const [message = ''] = attributesOf(page, 'data-copy');
    expect(message).toContain(`${CATALOGUES.en.ask.consent} ${CONSENT}`);
    expect(message).toContain(correlationId);
    expect(textOf(page)).toContain(CONSENT);
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', '/adminconsent', ''])(
    'makes no link of %p',
    (adminConsentUrl) => {
      const page = html('admin_consent_required', { adminConsentUrl });
      expect(page).not.toContain(CATALOGUES.en.actions.giveConsent);
      expect(page).not.toContain(CATALOGUES.en.ask.consent);
    },
  );

  test('of the registration names the place in the portal', () => {
    expect(textOf(html('client_refused', { upstreamCode: 'AADSTS7000222' }))).toContain(
      CATALOGUES.en.places.secrets,
    );
  });

  test('tells its message’s reader what to put right, if that is the developer', () => {
    const fix = CATALOGUES.en.topics.secretExpired.next;
    expect(attributesOf(html('client_refused', { upstreamCode: 'AADSTS7000222' }), 'data-copy')[0]).toContain(
      fix,
    );
    const asked = attributesOf(html('admin_consent_required'), 'data-copy')[0];
    expect(asked).not.toContain(CATALOGUES.en.failures.admin_consent_required.next);
  });

  const primaryOf = (page: string) => {
    const found = load(page)('main .primary');
    return { count: found.length, label: found.text() };
  };

  test.each([
    ['client_refused', 'AADSTS7000222', 'copyMessage'],
    ['sign_in_failed', 'AADSTS50011', 'copyMessage'],
    ['sign_in_failed', 'AADSTS90002', 'copyMessage'],
    ['admin_consent_required', 'AADSTS90094', 'copyMessage'],
    ['graph_forbidden', 'Authorization_RequestDenied', 'copyMessage'],
    ['sign_in_failed', 'AADSTS50105', 'copyMessage'],
    ['sign_in_failed', 'AADSTS50020', 'otherAccount'],
    ['sign_in_failed', 'AADSTS53003', 'copyMessage'],
    ['client_refused', 'AADSTS9002332', 'otherAccount'],
    ['client_refused', 'AADSTS50196', 'home'],
    ['configuration', undefined, 'copyMessage'],
    ['internal', undefined, 'tryAgain'],
  ] as const)(
    '%s with %s has the next step that its text names as the first button',
    (code, upstreamCode, action) => {
      const page = html(code, { upstreamCode, adminConsentUrl: CONSENT });
      expect(primaryOf(page)).toEqual({ count: 1, label: CATALOGUES.en.actions[action] });
    },
  );

  test.each(LANGUAGES)('in %s never has a button that needs scripts for its only way on', (language) => {
    const known = KNOWN_CODES.map((upstreamCode) => failure('sign_in_failed', { upstreamCode }));
    const own = (Object.keys(REMEDIES) as ErrorCode[]).map((code) => failure(code));
    const lost = [...known, ...own].filter((model) => {
      const $ = load(pages.failure(frame({ language }), model));
      const primary = $('main .primary');
      const instead = primary.is('[data-copy]') ? primary.next('a') : primary.filter('a, [type=submit]');
      return instead.text() === '' || (instead.attr('href') ?? '/') === '';
    });
    expect(lost).toEqual([]);
  });

  test.each(LANGUAGES)('in %s makes the message a mail that every mail program takes', (language) => {
    const messages = [undefined, ...KNOWN_CODES].map((upstreamCode) => {
      const model = {
        upstreamCode,
        adminConsentUrl: MICROSOFT_CONSENT,
        upstreamCorrelationId: correlationId,
      };
      const $ = load(html('admin_consent_required', model, frame({ language })));
      return { href: $('a[href^="mailto:"]').attr('href') ?? '', text: $('.message').text() };
    });
    const wrong = messages.filter(({ href, text }) => {
      const { search, pathname } = new URL(href);
      const body = new URLSearchParams(search.replaceAll('+', '%2B')).get('body');
      return pathname !== '' || body !== text.replaceAll('\n', '\r\n') || href.length > LONGEST_ADDRESS;
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['client_refused', 'AADSTS7000222', 1],
    ['client_refused', undefined, 1],
    ['sign_in_failed', 'AADSTS50105', 1],
    ['configuration', undefined, 0],
    ['sign_in_declined', undefined, 0],
  ] as const)('%s with %s leads to the admin center where that is the place', (code, upstreamCode, links) => {
    const $ = load(html(code, { upstreamCode }));
    const found = $('main a[href="https://entra.microsoft.com/"][rel=noreferrer]');
    expect(found.length).toBe(links);
    expect(found.text()).toBe(links === 0 ? '' : CATALOGUES.en.actions.adminCenter);
  });

  test.each(['AADSTS50011', 'AADSTS500113', 'AADSTS700025', 'AADSTS9002327'])(
    'of the redirect URI (%s) names it, to copy and in the message',
    (upstreamCode) => {
      const $ = load(html('client_refused', { upstreamCode }));
      expect({
        shown: $('.copied code').text(),
        copied: $('.copied button').attr('data-copy'),
        said: $('.tell > p').text().includes(REDIRECT_URI),
        told: $('.message').text().includes(REDIRECT_URI),
      }).toEqual({ shown: REDIRECT_URI, copied: REDIRECT_URI, said: true, told: true });
    },
  );

  test('of anything else does not speak of the redirect URI', () => {
    for (const upstreamCode of [undefined, 'AADSTS7000222'])
      expect(html('client_refused', { upstreamCode })).not.toContain(REDIRECT_URI);
  });

  test('of an administrator’s consent says what the code means, and leads back to giving it', () => {
    const { topics, consent } = CATALOGUES.en;
    const page = html('admin_consent_failed', { upstreamCode: 'AADSTS500011', adminConsentUrl: CONSENT });
    expect(textOf(page)).toContain(topics.serviceNotInTenant.what);
    expect(textOf(page)).toContain(`${topics.serviceNotInTenant.next} ${consent.again}`);
    expect(primaryOf(page)).toEqual({ count: 1, label: CATALOGUES.en.actions.giveConsent });
    expect(load(page)(`main a[href="${CONSENT}"][rel=noreferrer]`)).toHaveLength(1);
  });

  test.each(['AADSTS50058', 'AADSTS90033', 'AADSTS123456789', undefined])(
    'of an administrator’s consent (%s) never says to sign in to the app instead',
    (upstreamCode) => {
      const page = html('admin_consent_failed', { upstreamCode, adminConsentUrl: CONSENT });
      expect(textOf(page)).toContain(CATALOGUES.en.failures.admin_consent_failed.next);
    },
  );

  test('that passes by itself says the wait once, in seconds where they are known', () => {
    const vague = CATALOGUES.en.failures.graph_throttled.next;
    expect(textOf(html('graph_throttled'))).toContain(vague);
    expect(textOf(html('graph_throttled', { retryAfterSeconds: 7 }))).not.toContain(vague);
  });

  test('that a person solves alone asks nobody else, and keeps the details closed', () => {
    const page = html('sign_in_declined');
    expect(page).not.toContain(CATALOGUES.en.ask.heading);
    expect(page).toContain('<details class="technical">');
  });

  test.each([
    ['en', 1, 'Wait 1 second before'],
    ['en', 30.2, 'Wait 31 seconds before'],
    ['en', -5, 'Wait 1 second before'],
    ['nl', 30, 'Wacht 30 seconden'],
    ['de', 3_600, 'Warten Sie 60 Minuten'],
    ['en', 150, 'Wait 2 minutes and 30 seconds'],
    ['nl', 121, 'Wacht 2 minuten en 1 seconde'],
  ])('in %s with Retry-After %p says %p', (language, retryAfterSeconds, words) => {
    const page = html('graph_throttled', { retryAfterSeconds }, signedIn({ language }));
    expect(textOf(page).replaceAll('\u00a0', ' ')).toContain(words);
  });

  test('leads back through the sign-in when signed out, and straight when signed in', () => {
    expect(linkTo(html('authority_timeout'), 'Try again')).toBe('/login?returnTo=%2Fgraphcall');
    expect(linkTo(html('graph_timeout', {}, signedIn()), 'Try again')).toBe('/graphcall');
    expect(linkTo(html('session_ended', { returnTo: '//evil.example' }), 'Sign in again')).toBe(
      '/login?returnTo=%2F',
    );
  });

  test('offers to sign out only to somebody who is signed in', () => {
    expect(html('graph_refused_token')).not.toContain('/logout');
    expect(html('graph_refused_token', {}, signedIn()).match(/action="\/logout"/g)).toHaveLength(2);
  });
});

/** What reads as words: several, or the end of a text that goes on with words, or a capital before small letters. */
const SENTENCE = /(^|[\p{L}\d.!?])\s+\p{L}|\p{L}\s+$|^\p{Lu}\p{Ll}|\p{L}[.!…]$/u;

/** Every text in a parsed script. */
function textsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, raw } = node as { type?: unknown; value?: unknown; raw?: unknown };
  if (type === 'StringLiteral') return [String(value)];
  if (type === 'TemplateElement') return [String(raw)];
  return Object.values(node).flatMap(textsOf);
}

describe('the templates', () => {
  const views = readdirSync('views').map(
    (name) => [name, readFileSync(join('views', name), 'utf8')] as const,
  );

  test.each(views)('%s holds no words of its own', (_name, source) => {
    const markup = source.replaceAll(/<%[\s\S]*?%>/g, '').replaceAll('–', '');
    expect(markup.replaceAll(/<[^>]*>/g, '').match(/[\p{L}\d]+/gu) ?? []).toEqual([]);
    const spoken = [...markup.matchAll(/\s(?:title|alt|aria-label|placeholder|value)="([^"]*)"/g)];
    expect(spoken.map(([, value]) => value).filter((value) => value !== '')).toEqual([]);
  });

  const scripts = readdirSync('public').filter((name) => name.endsWith('.js'));

  test.each(scripts)('and %s holds no words of its own: it says what the page tells it', (name) => {
    const texts = textsOf(parseSync(readFileSync(join('public', name), 'utf8'), { syntax: 'ecmascript' }));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => SENTENCE.test(text) && !KEYS.includes(text))).toEqual([]);
  });

  test.each(views)('%s puts nothing unescaped into the page, and includes nothing', (name, source) => {
    const unescaped =
      source
        .replaceAll(/<%- page\.(?:icon\((?:'\w+'|page\.tone)|drawing\('\w+'|address\([\w.]+)\) %>/g, '')
        .match(/<%-.*?%>/g) ?? [];
    expect(unescaped).toEqual(name === 'layout.ejs' ? ['<%- page.body %>'] : []);
    expect(source).not.toMatch(/include\s*\(/);
  });

  test('ask only for files that exist', () => {
    const files = new Set(
      benign('en')
        .flatMap((html) => [...attributesOf(html, 'src'), ...attributesOf(html, 'href')])
        .filter((target) => /^\/[\w-]+\.\w+$/.test(target)),
    );
    expect([...files].sort()).toEqual([
      '/copy.js',
      '/export.js',
      '/favicon.svg',
      '/find.js',
      '/picker.js',
      '/style.css',
    ]);
    expect([...files].filter((file) => !existsSync(join('public', file)))).toEqual([]);
  });

  test('use only classes that the style sheet knows', () => {
    const style = readFileSync('public/style.css', 'utf8');
    const shown = [...benign('en'), pages.failure(signedIn(), failure('client_refused'))];
    const classes = new Set(shown.flatMap((html) => attributesOf(html, 'class').join(' ').split(' ')));
    const hues = Array.from({ length: HUES }, (_, hue) => `hue-${hue}`);
    expect([...classes, ...hues].filter((name) => !new RegExp(`\\.${name}\\b`).test(style))).toEqual([]);
  });

  test('a missing one stops the start', () => {
    expect(() => loadPages('/nowhere')).toThrow(/ENOENT/);
  });

  test('one that fails says in which line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'views-'));
    try {
      cpSync('views', folder, { recursive: true });
      writeFileSync(join(folder, 'sign-out-question.ejs'), '<h1>Fine</h1>\n<p><%= page.no.such %></p>\n');
      expect(() => loadPages(folder).signOutQuestion(frame())).toThrow(/sign-out-question\.ejs:2/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
