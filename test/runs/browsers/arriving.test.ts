import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { HEIGHT, WIDE } from '../../browser/open-state.ts';
import { signInAs, WORK } from '../../browser/people.ts';
import { addProbes, staysStill } from '../../browser/probes.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';

/** Longer than a frame, so that the browser may draw what it has. */
const BETWEEN_PIECES_MS = 20;

const chromium = useChromium();
const world = useWorld({ notice: 'emulator' });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Serves a page's body element by element, as a slow network may bring it, and all it asks for from the app. */
async function serveInPieces(html: string): Promise<string> {
  const [head = '', body = ''] = html.split(/(?=<body)/);
  const server = createServer(async ({ url = '/' }, res) => {
    if (url !== '/') {
      const asset = await fetch(`${world().url}${url}`);
      res.setHeader('Content-Type', asset.headers.get('content-type') ?? '');
      res.end(await asset.text());
      return;
    }
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.write(head);
    for (const piece of body.split(/(?<=>)(?=\s*<)/)) {
      res.write(piece);
      await pause(BETWEEN_PIECES_MS);
    }
    res.end();
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test.each(['/', '/graphcall?search=adele'])('%s stays still while it arrives in pieces', async (path) => {
  const profile = await chromium.newProfile({ viewport: { width: WIDE, height: HEIGHT } });
  await addProbes(profile);
  const page = await profile.newPage();
  await signInAs(page, world(), WORK);
  const html = await (await page.request.get(`${world().url}${path}`)).text();
  await page.goto(await serveInPieces(html));
  expect({
    still: await staysStill(page),
    heading: await page.getByRole('heading', { level: 1 }).count(),
  }).toEqual({
    still: true,
    heading: 1,
  });
});
