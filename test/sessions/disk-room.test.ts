import { beforeEach, describe, expect, test } from '@jest/globals';
import { type DiskRoom, watchDiskRoom } from '../../src/sessions/store/disk-room.ts';

const MIB = 1_048_576;
let nowMs = 0;
let freeBytes = 0;
let reusableBytes = 0;
let looks = 0;
let warnings: string[] = [];
let room: DiskRoom;

beforeEach(() => {
  nowMs = 5_000;
  freeBytes = 1_000 * MIB;
  reusableBytes = 0;
  looks = 0;
  warnings = [];
  room = watchDiskRoom({
    folder: '/var/lib/app',
    now: () => nowMs,
    onWarning: (message) => warnings.push(message),
    reusableBytes: () => reusableBytes,
    readFreeBytes(folder) {
      expect(folder).toBe('/var/lib/app');
      looks += 1;
      return freeBytes;
    },
  });
});

const mayBegin = () => ({
  growth: room.refusal('growth') === undefined,
  change: room.refusal('change') === undefined,
});

describe('room on the disk', () => {
  test.each([
    { free: 16 * MIB, reusable: 0, growth: true, change: true },
    { free: 16 * MIB - 1, reusable: 0, growth: false, change: true },
    { free: 16 * MIB - 1, reusable: 1, growth: true, change: true },
    { free: 4 * MIB, reusable: 12 * MIB - 1, growth: false, change: true },
    { free: 4 * MIB, reusable: 12 * MIB, growth: true, change: true },
    { free: 4 * MIB - 1, reusable: 1_000 * MIB, growth: false, change: false },
    { free: 0, reusable: 1_000 * MIB, growth: false, change: false },
  ])('$free bytes free and $reusable reusable: growth $growth, change $change', (given) => {
    freeBytes = given.free;
    reusableBytes = given.reusable;
    expect(mayBegin()).toEqual({ growth: given.growth, change: given.change });
  });

  test('says why a write is refused', () => {
    freeBytes = 0;
    expect(room.refusal('change')).toBe('the disk is nearly full');
    room.writeFailed();
    expect(room.refusal('change')).toBe('a write failed a moment ago');
  });

  test('is asked for at most ten times a second', () => {
    for (let n = 0; n < 1_000; n += 1) room.refusal('growth');
    expect(looks).toBe(1);
    nowMs += 99;
    room.refusal('growth');
    expect(looks).toBe(1);
    nowMs += 1;
    freeBytes = 0;
    expect(mayBegin()).toEqual({ growth: false, change: false });
    expect(looks).toBe(2);
  });

  test('warns once an hour while nobody can sign in', () => {
    freeBytes = 3.7 * MIB;
    for (let seconds = 0; seconds < 3_600; seconds += 1) {
      mayBegin();
      nowMs += 1_000;
    }
    expect(warnings).toEqual([
      'The disk of /var/lib/app has 3 MiB left: nobody can sign in until there are 16.',
    ]);
    mayBegin();
    expect(warnings).toHaveLength(2);
  });

  test('is not believed for five seconds after a write that failed', () => {
    room.writeFailed();
    expect(mayBegin()).toEqual({ growth: false, change: false });
    nowMs += 4_999;
    expect(mayBegin()).toEqual({ growth: false, change: false });
    nowMs += 1;
    expect(mayBegin()).toEqual({ growth: true, change: true });
  });

  test('of a folder that is gone is no reason to refuse', () => {
    const gone = watchDiskRoom({
      folder: '/nowhere/at/all',
      onWarning: (message) => warnings.push(message),
      reusableBytes: () => 0,
    });
    expect(gone.refusal('growth')).toBeUndefined();
    expect(warnings).toEqual([]);
  });
});
