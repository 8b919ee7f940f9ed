import { expect, test } from '@jest/globals';
import { createTurns } from '../../src/web/people/turns.ts';

/** Work that ends when it is told to. */
function pieces(count: number) {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
    return 'done';
  };
  const finish = async () => {
    for (let done = 0; done < count; done += 1) {
      ends.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { work, finish, most: () => most };
}

test('work of one key runs a few at a time, and all of it runs', async () => {
  const { work, finish, most } = pieces(10);
  const turns = createTurns(3, 100);
  const all = Array.from({ length: 10 }, () => turns.take('a', work));
  await finish();
  expect(await Promise.all(all)).toEqual(Array(10).fill('done'));
  expect(most()).toBe(3);
});

test('keys do not wait for each other', async () => {
  const { work, finish, most } = pieces(2);
  const turns = createTurns(1, 100);
  const all = [turns.take('a', work), turns.take('b', work)];
  await finish();
  await Promise.all(all);
  expect(most()).toBe(2);
});

test('what finds too many waiting is not run', async () => {
  const { work, finish } = pieces(3);
  const turns = createTurns(1, 2);
  const all = Array.from({ length: 4 }, () => turns.take('a', work));
  expect(await all[3]).toBeUndefined();
  await finish();
  expect(await Promise.all(all.slice(0, 3))).toEqual(['done', 'done', 'done']);
});

test('work that fails lets the next one run', async () => {
  const turns = createTurns(1, 2);
  const failed = turns.take('a', () => Promise.reject(new Error('no')));
  const next = turns.take('a', () => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
