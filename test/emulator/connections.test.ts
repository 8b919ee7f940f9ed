import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';

const DISCOVERY = '/common/v2.0/.well-known/openid-configuration';
const TOKEN = '/common/oauth2/v2.0/token';
const HOST = 'Host: localhost\r\n';
const LAST = `GET /_emulator/health HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator({ users: 3 });
});
afterAll(() => emulator.close());

/** Sends bytes over one connection, and reads until the other side ends it. */
function spoken(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(emulator.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}

const statuses = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);

test.each<[string, string, string[]]>([
  ['HEAD', `HEAD ${DISCOVERY} HTTP/1.1\r\n${HOST}\r\n`, ['200', '200']],
  ['OPTIONS', `OPTIONS ${DISCOVERY} HTTP/1.1\r\n${HOST}\r\n`, ['204', '200']],
  [
    'two at once',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}${FORM}Content-Length: 3\r\n\r\na=bGET ${DISCOVERY} HTTP/1.1\r\n${HOST}\r\n`,
    ['400', '200', '200'],
  ],
  [
    'a refusal whose body nobody reads',
    `POST /_emulator/tokens HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 70000\r\n\r\n${'a'.repeat(70_000)}`,
    ['403', '200'],
  ],
  [
    'a body too long',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}Content-Length: 1200000\r\n\r\n${'a'.repeat(1_200_000)}`,
    ['413', '200'],
  ],
  [
    'a body in chunks',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}${FORM}Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n`,
    ['400', '200'],
  ],
  [
    'a body that waits to be asked for',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}${FORM}Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b`,
    ['100', '400', '200'],
  ],
  ['a body of a GET', `GET ${DISCOVERY} HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\na=b`, ['200', '200']],
])('%s: each request has its response, and the connection goes on', async (_what, text, expected) => {
  const seen = await spoken(text + LAST);
  expect(statuses(seen)).toEqual(expected);
  expect(seen.endsWith('\r\n\r\n{"status":"ok"}')).toBe(true);
});

test.each([
  ['a body without a length', `DELETE /_emulator/accounts/x HTTP/1.1\r\n${HOST}\r\nundefined`, ['404']],
  [
    'two lengths',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    ['400'],
  ],
  [
    'a length and chunks',
    `POST ${TOKEN} HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ['400'],
  ],
  ['no http', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', ['400']],
])('%s: one response at most, and the connection ends', async (_what, text, expected) => {
  expect(statuses(await spoken(text))).toEqual(expected);
});
