import { describe, expect, test } from '@jest/globals';
import { readRedisAddress } from '../src/redis-address.ts';

const A = { host: 'a', port: 6379 };
const B = { host: 'b', port: 6380 };
const ME = { username: 'me', password: 'pw' };

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
    [' redis://a , b:6380, ', { kind: 'cluster', tls: false, hosts: [A, B] }],
    ['redis://a/0, redis://b:6380/0,', { kind: 'cluster', tls: false, hosts: [A, B] }],
    ['redis://a,redis://me:pw@b:6380', { kind: 'cluster', tls: false, hosts: [A, B], ...ME }],
    ['redis://a,', { kind: 'server', tls: false, hosts: [A] }],
    ['redis://:p, w@a', { kind: 'server', tls: false, hosts: [A], password: 'p, w' }],
    ['valkeys://a,valkeys://b:6380', { kind: 'cluster', tls: true, hosts: [A, B] }],
    ['Valkey+sentinel://a:6379, b:6380,/m', { kind: 'sentinel', tls: false, hosts: [A, B], masterName: 'm' }],
    [
      'redis+sentinel://a:6379,redis+sentinel://b:6380/m',
      { kind: 'sentinel', tls: false, hosts: [A, B], masterName: 'm' },
    ],
    [
      'redis://bücher.example:6380',
      { kind: 'server', tls: false, hosts: [{ host: 'xn--bcher-kva.example', port: 6380 }] },
    ],
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
    'redis://,',
    'redis://a:0',
    'redis://a:6379?db=1',
    'redis://user:12#34@a',
    'redis://user:12?4@a',
    'redis://me:pw@a,redis://you:pw@b',
    'redis://a/1,redis://b',
    'redis://a b',
    'redis://a%20b',
    'redis://a:6379;b:6379',
    'redis://a,b:1,redis://c',
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
