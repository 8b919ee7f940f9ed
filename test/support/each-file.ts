import { Socket } from 'node:net';
import { afterEach, beforeEach, expect } from '@jest/globals';

/** And the addresses of documents, which lead nowhere (RFC 3849). */
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\]|.*\.localhost|2001:db8:[\da-f:]+)$/;
const connect = Socket.prototype.connect;

/** Tests talk to this machine only: any other connection is an error in the test. */
Socket.prototype.connect = function connectToLoopbackOnly(this: Socket, ...given: never[]): Socket {
  const host = hostOf(given);
  if (host !== undefined && !LOOPBACK.test(host)) throw new Error(`a test tried to connect to ${host}`);
  return Reflect.apply(connect, this, given) as Socket;
} as typeof connect;

function hostOf(given: unknown[]): string | undefined {
  const first: unknown = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (typeof first === 'object' && first !== null && 'host' in first) {
    return typeof first.host === 'string' ? first.host : undefined;
  }
  return typeof given[1] === 'string' ? given[1] : undefined;
}

const consoleError = console.error;
let unexpected: string[] = [];

beforeEach(() => {
  unexpected = [];
  console.error = (...printed: unknown[]) => {
    unexpected.push(printed.map(String).join(' '));
    consoleError(...printed);
  };
});

afterEach(() => {
  console.error = consoleError;
  expect(unexpected).toEqual([]);
});
