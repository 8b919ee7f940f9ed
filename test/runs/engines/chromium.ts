import { chromium, type ElementHandle } from 'playwright-core';
import { chromiumPath } from '../../support/chromium.ts';
import { COMMAND_MS, type DriverSession, ELEMENT, type Engine, forget, newHome } from './engine.ts';

/** Keys as WebDriver writes them (section 17.4.2), and as Playwright calls them. */
const KEYS: Readonly<Record<string, string>> = { '\ue015': 'ArrowDown', '\ue007': 'Enter' };

/** Chromium, over its own protocol: its driver would bring a second Chromium along. */
export async function openChromium(): Promise<Engine> {
  const home = newHome();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu'],
    downloadsPath: home.downloads,
  });
  const permissions = ['clipboard-read', 'clipboard-write'];
  const page = await browser.newPage({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    permissions,
  });
  page.setDefaultTimeout(COMMAND_MS);
  const elements = new Map<string, ElementHandle>();
  const commands = {
    open: ({ url }: Parameters) => page.goto(String(url), { waitUntil: 'commit' }),
    async run({ script, args }: Parameters) {
      const result = await page.evaluateHandle(`(function () {${script}})(...${JSON.stringify(args)})`);
      const element = result.asElement();
      if (element === null) return result.jsonValue();
      const id = `${elements.size}`;
      elements.set(id, element);
      return { [ELEMENT]: id };
    },
    click: ({ id }: Parameters) => elements.get(String(id))?.click(),
    async type({ id, text }: Parameters) {
      const element = elements.get(String(id));
      for (const letter of String(text)) await element?.press(KEYS[letter] ?? letter);
    },
  };
  const session: DriverSession = {
    send: async (command, parameters) => commands[command](parameters),
    end: () => browser.close(),
  };
  return {
    session,
    downloads: home.downloads,
    ended: () => (browser.isConnected() ? undefined : 'Chromium ended.'),
    async close() {
      await session.end();
      forget(home);
    },
  };
}

type Parameters = Record<string, unknown>;
