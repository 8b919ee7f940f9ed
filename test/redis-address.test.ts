import { describe, expect, test } from '@jest/globals';
import { readRedisAddress } from '../src/redis-address.ts';

const A = { host: 'a', port: 6379 };
const B = { host: 'b', port: 6380 };

describe('the address of a Redis', () => {
  test.each([
    ['redis://a', { kind: 'server', tls: false, hosts: [A] }],
    ['REDISS://a:6379/2', { kind: 'server', tls: true, hosts: [A], database: 2 }],
    [
      'rediss://me:p%40ss@[2001:db8::1]:7000/',
      {
        kind: 'server',
        tls: true,
        hosts: [{ host: '2001:db8::1', port: 7000 }],
        username: 'me',
        password: 'p@ss',
      },
    ],
    ['redis://:pass,word@a', { kind: 'server', tls: false, hosts: [A], password: 'pass,word' }],
    ['redis://a:6379,redis://b:6380', { kind: 'cluster', tls: false, hosts: [A, B] }],
    ['redis://a,redis://b:6380', { kind: 'cluster', tls: false, hosts: [A, B] }],
    ['redis://a,b:6380', { kind: 'cluster', tls: false, hosts: [A, B] }],
    [
      'rediss://me:pw@a,b:6380/0',
      { kind: 'cluster', tls: true, hosts: [A, B], username: 'me', password: 'pw' },
    ],
    [
      'rediss://me:pw@a:6379,rediss://me:pw@b:6380',
      { kind: 'cluster', tls: true, hosts: [A, B], username: 'me', password: 'pw' },
    ],
    [
      'redis+sentinel://a:26379,b:26380/mymaster',
      {
        kind: 'sentinel',
        tls: false,
        hosts: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 26380 },
        ],
        masterName: 'mymaster',
      },
    ],
    [
      'rediss+sentinel://:pw@a/the.one',
      {
        kind: 'sentinel',
        tls: true,
        hosts: [{ host: 'a', port: 26379 }],
        password: 'pw',
        masterName: 'the.one',
      },
    ],
  ])('%s', (given, address) => {
    expect(readRedisAddress(given)).toEqual(address);
  });

  test.each([
    '',
    'redis',
    'http://a',
    'redis://',
    'redis://a:port',
    'redis://a,,b',
    'redis://a,rediss://b',
    'redis://a,b/1',
    'redis://a/name',
    'redis://a:%ff@b',
    'redis+sentinel://a:26379',
    'redis+sentinel://a:26379/',
    'redis+sentinel://a,b/a%20name',
    'redis+cluster://a',
  ])('%s is none', (given) => {
    expect(readRedisAddress(given)).toBeUndefined();
  });
});
