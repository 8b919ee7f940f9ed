import { expect, test } from '@jest/globals';
import { isLocalHostHeader, isLoopbackPeer, isOwnOrigin } from '../../src/emulator/http/locality.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1', false],
  ['1127.0.0.1', false],
  ['', false],
])('the peer %j is this machine: %s', (address, expected) => {
  expect(isLoopbackPeer(address)).toBe(expected);
});

test.each([
  ['localhost', true],
  ['LOCALHOST:5001', true],
  ['app.localhost:1', true],
  ['127.0.0.1:5001', true],
  ['[::1]:5001', true],
  ['allowed.test', true],
  ['allowed.test:5001', true],
  ['sub.allowed.test', false],
  ['localhost.evil.example', false],
  ['evil.example#localhost', false],
  ['localhost/evil', false],
  ['user@localhost', false],
  ['evillocalhost', false],
  ['127.0.0.1.evil.example', false],
  ['[::2]', false],
  ['0.0.0.0', false],
  ['', false],
])('the host %j is local: %s', (host, expected) => {
  expect(isLocalHostHeader(host, ['Allowed.test'])).toBe(expected);
});

test.each([
  [undefined, true],
  ['http://localhost:5001', true],
  ['null', false],
  ['http://localhost:5000', false],
  ['https://localhost:5001', false],
])('the origin %j is its own: %s', (origin, expected) => {
  expect(isOwnOrigin(origin, 'http://localhost:5001')).toBe(expected);
});
