import type { BrowserContextOptions, Page } from 'playwright-core';
import type { FileChromium } from './use-chromium.ts';

/** A page in a browser that was closed and started again since: it kept what has a date to expire, and nothing else. */
export async function visitLater(
  chromium: FileChromium,
  page: Page,
  options: BrowserContextOptions,
): Promise<Page> {
  const { cookies, origins } = await page.context().storageState();
  const kept = cookies.filter(({ expires }) => expires !== -1);
  return chromium.newPage({ ...options, storageState: { cookies: kept, origins } });
}
