import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { JWT } from '../support/jwt.ts';
import { CATALOGUES } from '../support/words.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

const { en } = CATALOGUES;

let world: World;

beforeAll(async () => {
  world = await openWorld({ config: { scopes: ['User.ReadBasic.All', 'Mail.Read'] } });
});
afterAll(() => world.close());

const statesOn = ({ html }: Page): string[] => {
  const $ = load(html);
  return $('.rows li:has(code)')
    .map((_index, row) => `${$(row).find('code').text()}: ${$(row).find('[data-state]').text()}`)
    .get();
};

describe('the permissions page', () => {
  test('shows what was asked for and granted, and when the access ends', async () => {
    const browser = await signedInBrowser(world);
    const page = await browser.visit(`${world.url}/permissions`);
    expect(statesOn(page).slice(0, 2)).toEqual(['User.ReadBasic.All: Given', 'Mail.Read: Given']);
    expect(page.text).toContain('See the names and email addresses of the people');
    const ends = Date.parse(load(page.html)('main time').attr('datetime') ?? '');
    expect(ends).toBeGreaterThan(Date.now());
    expect(ends).toBeLessThan(Date.now() + 48 * 3_600_000);
    expect(load(page.html)('main a[href*="scope="]')).toHaveLength(0);
  });

  test('never shows a token', async () => {
    const browser = await signedInBrowser(world);
    const { html } = await browser.visit(`${world.url}/permissions`);
    expect(html).not.toMatch(JWT);
    expect(html).not.toMatch(/refresh|secret/i);
  });

  test('shows the roles that the token names, as text, and no row where there are none', async () => {
    const rolesOn = async (browser: Browser) => {
      const $ = load((await browser.visit(`${world.url}/permissions`)).html);
      return $(`.facts div:has(dt:contains(${en.permissions.roles})) bdi`)
        .map((_index, role) => $(role).text())
        .get();
    };
    expect(await rolesOn(await signedInBrowser(world))).toEqual([]);
    const claims = { roles: ['Auditor', '<b>Admin</b>'] };
    await world.fault({ at: 'token', fault: { kind: 'id-token', claims } });
    expect(await rolesOn(await signedInBrowser(world))).toEqual(['Auditor', '<b>Admin</b>']);
  });

  test('is reached through the sign-in', async () => {
    const { headers } = await createBrowser().visit(`${world.url}/permissions`, { redirects: 0 });
    expect(headers.location).toBe('/login?returnTo=%2Fpermissions');
  });

  test('ends the session here only, and leaves Microsoft and other browsers alone', async () => {
    const [here, elsewhere] = [await signedInBrowser(world), await signedInBrowser(world)];
    const page = await here.visit(`${world.url}/permissions`);
    expect(load(page.html)('form[action="/logout/here"]').attr('method')).toBe('post');
    const { headers } = await here.visit(`${world.url}/logout/here`, { method: 'POST', redirects: 0 });
    expect(headers.location).toBe('/');
    expect((await here.visit(`${world.url}/`)).text).not.toContain('adele.vance');
    expect((await elsewhere.visit(`${world.url}/`)).text).toContain('adele.vance');
  });

  test.each(['/logout/here', '/logout/everywhere'])('lets no other site press %s', async (path) => {
    const browser = await signedInBrowser(world);
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const answer = await browser.visit(`${world.url}${path}`, {
        method: 'POST',
        headers: headers as Record<string, string>,
        redirects: 0,
      });
      expect(answer.status).toBe(403);
    }
    expect((await browser.visit(`${world.url}/`)).text).toContain('adele.vance');
  });

  test('ends the sessions in every browser by one press', async () => {
    const [here, elsewhere] = [await signedInBrowser(world), await signedInBrowser(world)];
    const page = await here.visit(`${world.url}/permissions`);
    expect(load(page.html)('form[action="/logout/everywhere"]').attr('method')).toBe('post');
    await here.visit(`${world.url}/logout/everywhere`, { method: 'POST', redirects: 0 });
    for (const browser of [here, elsewhere])
      expect((await browser.visit(`${world.url}/`)).text).not.toContain('adele.vance');
  });
});

describe('an administrator who comes back from the consent page', () => {
  const TENANT = 'tenant=aaaaaaaa-0000-4000-8000-000000000001';
  const DECLINED =
    'error=access_denied&error_description=AADSTS65004%3a+User+declined.%0d%0aTrace&error_uri=https%3a%2f%2flogin.microsoftonline.com%2ferror%3fcode%3d65004&admin_consent=True';

  test.each([
    [`admin_consent=True&${TENANT}`, 200, en.consent.givenHeading],
    [`admin_consent=true&${TENANT}&scope=User.Read`, 200, en.consent.givenHeading],
    [DECLINED, 403, en.failures.admin_consent_declined.heading],
    [
      'error=permission_denied&error_description=The+admin+canceled+the+request',
      403,
      en.failures.admin_consent_declined.heading,
    ],
    ['error=access_denied&error_subcode=cancel', 403, en.failures.admin_consent_declined.heading],
    ['error=server_error&admin_consent=True', 400, en.failures.admin_consent_failed.heading],
  ])('with %s reads what came of it', async (query, status, heading) => {
    const page = await createBrowser().visit(`${world.url}/getAToken?${query}`);
    expect({ status: page.status, heading: load(page.html)('h1').text() }).toEqual({ status, heading });
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(load(page.html)('main .primary').text()).toBe(
      status === 200 ? 'Sign in with Microsoft' : 'Give permission as an administrator',
    );
  });

  /** What the page offers to go on with, and what it says for whoever has to be asked. */
  const offered = ({ html, headers }: Page) => {
    const $ = load(html);
    const consent = new URL($('main a.primary').attr('href') ?? 'about:blank');
    return {
      path: consent.pathname,
      redirectUri: consent.searchParams.get('redirect_uri'),
      scope: consent.searchParams.get('scope'),
      facts: $('.technical dd')
        .map((_index, fact) => $(fact).text())
        .get(),
      id: headers['x-correlation-id'],
      copied: $('.technical button[data-copy]').attr('data-copy')?.split('\n').length,
    };
  };
  const FAILED = 'error=server_error&admin_consent=True&error_description=AADSTS500011%3A+x';

  test('and was refused reads why, finds code, id and time to copy, and can give permission again', async () => {
    const page = await createBrowser().visit(`${world.url}/getAToken?${FAILED}`);
    const { id, ...rest } = offered(page);
    expect(rest).toEqual({
      path: '/organizations/v2.0/adminconsent',
      redirectUri: `${world.url}/getAToken`,
      scope: 'User.ReadBasic.All Mail.Read',
      facts: ['AADSTS500011', 'admin_consent_failed', id, expect.stringContaining('UTC')],
      copied: 4,
    });
    expect(page.text).toContain('Your organisation does not have the service that this app asks for.');
    expect(page.text).toContain('Then give permission again.');
    expect(world.log).toContainEqual(expect.objectContaining({ reason: 'admin_consent_failed' }));
  });

  test.each([
    ['work', '/a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10/v2.0/adminconsent'],
    ['personal', '/organizations/v2.0/adminconsent'],
  ])('signed in with a %s account is led to consent for the right organisation', async (kind, path) => {
    const browser = await signedInBrowser(world, [kind]);
    for (const query of [FAILED, DECLINED])
      expect(offered(await browser.visit(`${world.url}/getAToken?${query}`)).path).toBe(path);
  });

  test('sees the platform’s code, and nothing else of its text', async () => {
    const page = await createBrowser().visit(
      `${world.url}/getAToken?${DECLINED}&tenant=<script>alert(1)</script>&scope=CANARY`,
    );
    expect(page.text).toContain('AADSTS65004');
    expect(page.html).not.toMatch(/CANARY|alert|declined\.\s/);
  });

  test.each([
    `admin_consent=True&${TENANT}&state=AAAAAAAAAAAAAAAAAAAAAA`,
    `admin_consent=True&${TENANT}&code=abc`,
    'admin_consent=True&admin_consent=True',
    'admin_consent=False',
    'error=access_denied',
  ])('is nobody who comes with %s', async (query) => {
    const page = await createBrowser().visit(`${world.url}/getAToken?${query}`);
    expect(page.status).toBe(400);
    expect(page.text).toMatch(/sign_in_(unknown|cookie_missing)/);
  });

  test('is signed in as before, whatever the address says', async () => {
    const browser = await signedInBrowser(world);
    await browser.visit(`${world.url}/getAToken?admin_consent=True&${TENANT}`);
    expect((await browser.visit(`${world.url}/`)).text).toContain('adele.vance');
  });

  test('goes there and back through the emulator', async () => {
    const browser = createBrowser();
    const url = `${world.emulator.baseUrl}/organizations/v2.0/adminconsent?${new URLSearchParams({
      client_id: '11111111-1111-4111-8111-111111111111',
      scope: 'User.ReadBasic.All',
      redirect_uri: `${world.url}/getAToken`,
    })}`;
    const consent = await browser.press(await browser.visit(url), 'admin');
    const back = await browser.press(consent, 'accept');
    expect({ path: new URL(back.url).pathname, status: back.status }).toEqual({
      path: '/getAToken',
      status: 200,
    });
    expect(back.text).toContain(en.consent.givenHeading);
  });
});
