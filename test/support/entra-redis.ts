import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Emulator } from '../../src/emulator/index.ts';
import type { MadeCertificate } from '../daemon/certificates.ts';
import { type RedisServer, startRedis } from './redis.ts';
import { redisCli } from './redis-cli.ts';

/**
 * A real Redis that takes tokens of the identity platform as Azure's does: over TLS only, with the object id as user,
 * for its own audience, and no longer than they last.
 */
export interface EntraRedis {
  /** Without a user. */
  url: string;
  redis: RedisServer;
  /** Connections that were opened, and times somebody showed a token that was taken. */
  counts: { connections: number; taken: number };
  /** From here on no token is taken; connections stay until theirs ends. */
  refuseTokens(refuses: boolean): void;
  /** Ends every connection. */
  breakOff(): void;
  close(): Promise<void>;
}

const AUTH = /\r\nAUTH\r\n\$\d+\r\n([^\r\n]+)\r\n\$\d+\r\n([^\r\n]+)\r\n/gi;
/** As the documentation has it for one's own users. */
const RIGHTS =
  '~msid:* -@all +ping +info +hget +hmget +hset +del +get +set +pexpire +zadd +zrem +zrange +zremrangebyscore +evalsha +eval +scan +dbsize';

export async function startEntraRedis(emulator: Emulator, tls: MadeCertificate): Promise<EntraRedis> {
  const redis = await startRedis();
  const keys = createRemoteJWKSet(new URL(`${emulator.baseUrl}/common/discovery/v2.0/keys`));
  const counts = { connections: 0, taken: 0 };
  const sockets = new Set<TLSSocket>();
  let refuses = false;
  await redisCli(redis.port, 'ACL', 'SETUSER', 'default', 'resetpass', '>of-the-tests');
  const setUser = (...words: string[]) =>
    redisCli(redis.port, '--pass', 'of-the-tests', 'ACL', 'SETUSER', ...words);

  /** Makes the token the password of its user. @returns until when */
  async function take(user: string, token: string): Promise<number> {
    const { oid, exp = 0 } = await claimsOf(token);
    const isGood = !refuses && oid === user;
    const password = isGood ? ['resetpass', `>${token}`] : ['resetpass'];
    await setUser(user, 'on', ...RIGHTS.split(' '), ...password);
    counts.taken += isGood ? 1 : 0;
    return isGood ? exp * 1_000 : 0;
  }

  const claimsOf = (token: string): Promise<JWTPayload> =>
    jwtVerify(token, keys, { audience: 'https://redis.azure.com' }).then(
      ({ payload }) => payload,
      () => ({}),
    );

  const server = createServer({ cert: tls.certificate, key: tls.privateKey }, async (near) => {
    sockets.add(near);
    counts.connections += 1;
    const far = connect(redis.port, '127.0.0.1');
    let seen = '';
    let ending: NodeJS.Timeout | undefined;
    near
      .on('error', () => undefined)
      .on('close', () => {
        clearTimeout(ending);
        sockets.delete(near);
        far.destroy();
      });
    far.on('error', () => undefined).on('close', () => near.destroy());
    far.pipe(near);
    try {
      for await (const chunk of near) {
        seen += String(chunk);
        for (const [, user = '', token = ''] of seen.matchAll(AUTH)) {
          const endsAtMs = await take(user, token);
          if (endsAtMs === 0) continue;
          clearTimeout(ending);
          ending = setTimeout(() => near.destroy(), endsAtMs - Date.now());
          seen = '';
        }
        seen = seen.slice(-8_192);
        far.write(chunk);
      }
    } catch {
      // it was broken off
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `rediss://localhost:${(server.address() as AddressInfo).port}`,
    redis,
    counts,
    refuseTokens(now) {
      refuses = now;
    },
    breakOff,
    async close() {
      breakOff();
      server.close();
      await redis.kill();
    },
  };
}
