import { afterAll, beforeAll, test } from '@jest/globals';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { noMixing } from './support/rounds.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.kill());

test('I43 two hundred people, fifty at a time, over two processes: nobody gets anything of anybody else', async () => {
  await noMixing(redis.url, 200, 50);
});
