import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { CHROMIUM, findOnPath } from './system-packages.ts';

/** A real Chromium that reaches this machine only, and notes whatever a page complains about. */
export interface Chromium {
  /** A fresh profile: no cookies, nothing cached. */
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** What pages complained about since this was last asked: console errors, exceptions, requests to elsewhere. */
  takeComplaints(): string[];
  /** Closes every profile but these. */
  closeProfiles(kept?: readonly BrowserContext[]): Promise<void>;
  close(): Promise<void>;
}

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
/** What a page gets to appear or to happen before a test fails. */
const DEADLINE_MS = 60_000;
const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|[\w-]+\.localhost)(:\d+)?\//;

/** The first Chromium found on PATH. @throws Error when there is none */
export function chromiumPath(): string {
  for (const name of CHROMIUM) {
    const path = findOnPath(name);
    if (path !== undefined) return path;
  }
  throw new Error('there is no chromium on PATH');
}

/** Starts Chromium. */
export async function launchChromium(): Promise<Chromium> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS });
  const complaints: Complaint[] = [];
  const refusedPages = new Set<string>();
  return {
    async newProfile(options = {}) {
      const profile = await browser.newContext({ locale: 'en-GB', ...options });
      profile.setDefaultTimeout(DEADLINE_MS);
      listen(profile, complaints, refusedPages);
      return profile;
    },
    takeComplaints() {
      const found = complaints.splice(0).filter(({ text, url }) => !isAboutStatus(text, url, refusedPages));
      return found.map(({ text, url }) => `${text} (${url})`);
    },
    closeProfiles: (kept = []) => closeProfiles(browser, kept),
    close: () => browser.close(),
  };
}

interface Complaint {
  text: string;
  url: string;
}

function listen(profile: BrowserContext, complaints: Complaint[], refusedPages: Set<string>): void {
  profile.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push({ text: message.text(), url: message.location().url });
  });
  profile.on('weberror', (error) =>
    complaints.push({ text: String(error.error()), url: error.page()?.url() ?? '' }),
  );
  profile.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !LOCAL.test(request.url()))
      complaints.push({ text: 'a page asked another host', url: request.url() });
  });
  profile.on('response', (response) => {
    if (response.status() >= 400 && response.request().isNavigationRequest())
      refusedPages.add(response.url());
  });
}

/**
 * Chromium notes every page with a status of 400 or more on the console; such a page may be what a test is about. So may
 * a session's end, while photos of the page before are still being loaded.
 */
function isAboutStatus(text: string, url: string, refusedPages: ReadonlySet<string>): boolean {
  if (!text.startsWith('Failed to load resource: the server responded')) return false;
  return refusedPages.has(url) || (text.includes('status of 401') && /\/photo\?/.test(url));
}

async function closeProfiles(browser: Browser, kept: readonly BrowserContext[]): Promise<void> {
  const closed = browser.contexts().filter((profile) => !kept.includes(profile));
  await Promise.all(closed.map((profile) => profile.close()));
}
