import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/stage.ts';
import { graphCalls, signedIn } from './support/outcome.ts';

const world = useWorld();

describe('a page of somebody who is signed in, that nobody opened', () => {
  test('E35 an export is not begun in advance', async () => {
    const browser = await signedIn(world());
    for (const path of ['/graphcall/export.csv', '/graphcall/export.json']) {
      const page = await browser.visit(`${world().url}${path}`, { headers: { 'Sec-Purpose': 'prefetch' } });
      expect([page.status, graphCalls(world())]).toEqual([403, 0]);
    }
  });

  test.each(['cross-site', 'same-site'])('E35 a %s page loads no part of this app', async (site) => {
    const browser = await signedIn(world());
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors' };
    for (const path of [
      '/',
      '/graphcall?top=all',
      '/graphcall/export.csv',
      '/permissions',
      '/graphcall/export/progress?follow=0',
    ]) {
      const page = await browser.visit(`${world().url}${path}`, { headers, redirects: 0 });
      expect([page.status, graphCalls(world())]).toEqual([403, 0]);
    }
  });
});
