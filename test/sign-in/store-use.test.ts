import { expect, test } from '@jest/globals';
import { createMemoryRecords, type SessionRecords } from '../../src/sessions/index.ts';
import { createBrowser } from '../support/browser.ts';
import { openHost } from './host.ts';

test('a sign-in writes its session once, and reads nothing of it back', async () => {
  const records = createMemoryRecords();
  const asked: string[] = [];
  const store: SessionRecords = {
    ...records,
    create(...given) {
      asked.push('create');
      return records.create(...given);
    },
    read(id, part) {
      asked.push(`read ${part}`);
      return records.read(id, part);
    },
    replace(id, part, ...given) {
      asked.push(`replace ${part}`);
      return records.replace(id, part, ...given);
    },
  };
  const host = await openHost({ options: { store }, routes: () => undefined });
  const browser = createBrowser();
  const { headers } = await browser.visit(`${host.url}/login`, { redirects: 0 });
  const back = await host.emulator.signInByFetch(headers.location ?? '', 'adele.vance@contoso.example');
  const page = await browser.visit(back.href, { redirects: 0 });
  await host.close();
  expect([page.status, asked]).toEqual([302, ['create']]);
});
