import { beforeEach, describe, expect, test } from '@jest/globals';
import { type MayGrow, watchDiskRoom } from '../../src/sessions/store/sqlite/disk-room.ts';

const MIB = 1_048_576;
let nowMs = 0;
let freeBytes = 0;
let looks = 0;
let warnings: string[] = [];
let mayGrow: MayGrow;

beforeEach(() => {
  nowMs = 5_000;
  freeBytes = 1_000 * MIB;
  looks = 0;
  warnings = [];
  mayGrow = watchDiskRoom({
    folder: '/var/lib/app',
    now: () => nowMs,
    onWarning: (message) => warnings.push(message),
    readFreeBytes(folder) {
      expect(folder).toBe('/var/lib/app');
      looks += 1;
      return freeBytes;
    },
  });
});

const nothing = (): number => 0;

describe('room on the disk', () => {
  test.each([
    { free: 4 * MIB, reusable: 0, grows: true },
    { free: 4 * MIB - 1, reusable: 0, grows: false },
    { free: 4 * MIB - 1, reusable: 1, grows: true },
    { free: 0, reusable: 4 * MIB - 1, grows: false },
    { free: 0, reusable: 4 * MIB, grows: true },
  ])('$free bytes free and $reusable reusable: may grow $grows', ({ free, reusable, grows }) => {
    freeBytes = free;
    expect(mayGrow(() => reusable)).toBe(grows);
  });

  test('is asked for before each write, as a quick one may fill the disk before a moment has passed', () => {
    for (let n = 0; n < 1_000; n += 1) mayGrow(nothing);
    expect(looks).toBe(1_000);
    freeBytes = 0;
    expect(mayGrow(nothing)).toBe(false);
  });

  test('warns once an hour while nobody can sign in', () => {
    freeBytes = 3.7 * MIB;
    for (let seconds = 0; seconds < 3_600; seconds += 1) {
      mayGrow(nothing);
      nowMs += 1_000;
    }
    expect(warnings).toEqual([
      'The disk of /var/lib/app has 3 MiB left: nobody can sign in until there are 4.',
    ]);
    mayGrow(nothing);
    expect(warnings).toHaveLength(2);
  });

  test('of a folder that is gone is no reason to refuse', () => {
    const gone = watchDiskRoom({
      folder: '/nowhere/at/all',
      onWarning: (message) => warnings.push(message),
    });
    expect(gone(nothing)).toBe(true);
    expect(warnings).toEqual([]);
  });
});
