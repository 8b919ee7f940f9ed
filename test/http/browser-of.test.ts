import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { browserOf } from '../../src/http/browser-of.ts';

const asked = (userAgent: string | undefined) => browserOf({ get: () => userAgent } as unknown as Request);
const webkit = (rest: string) => `Mozilla/5.0 (${rest}`;

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox', 'Windows'],
  [
    webkit(
      'Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    ),
    'Safari',
    'macOS',
  ],
  [
    webkit(
      'iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    ),
    'Safari',
    'iOS',
  ],
  [
    webkit(
      'iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1',
    ),
    'Chrome',
    'iPadOS',
  ],
  [
    webkit(
      'iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15',
    ),
    'Firefox',
    'iOS',
  ],
  [
    webkit(
      'Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
    ),
    'Samsung Internet',
    'Android',
  ],
  [
    webkit(
      'Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.0.0',
    ),
    'Edge',
    'Android',
  ],
  [
    webkit(
      'X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    ),
    'Chrome',
    'ChromeOS',
  ],
  [
    webkit(
      'X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36',
    ),
    'Chrome',
    'Linux',
  ],
  [
    webkit(
      'Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0',
    ),
    'Opera',
    'Windows',
  ],
  ['curl/8.5.0', undefined, undefined],
  ['<b>Windows</b> Firefox/1"onload=', 'Firefox', 'Windows'],
  [`${'x'.repeat(2_000)} Firefox/1`, undefined, undefined],
  [undefined, undefined, undefined],
])('%s', (userAgent, browser, system) => {
  expect(asked(userAgent)).toEqual({
    ...(browser === undefined ? {} : { browser }),
    ...(system === undefined ? {} : { system }),
  });
});
