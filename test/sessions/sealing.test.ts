import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSealer } from '../../src/sessions/sealing.ts';
import { anyCharacter } from '../support/any-character.ts';

const OLD = 'the-old-secret-of-thirty-two-characters';
const NEW = 'the-new-secret-of-thirty-two-characters';
const text = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.string({ minLength: 7_400, maxLength: 7_600 }),
);

/** The sealed text with some bits of one byte turned. */
function withByteTurned(sealed: string, at: number, bits: number): string {
  const bytes = Buffer.from(sealed, 'latin1');
  bytes.writeUInt8(bytes.readUInt8(at) ^ bits, at);
  return bytes.toString('latin1');
}

describe('sealing', () => {
  test('opens what it sealed, for the same context', () => {
    const sealer = createSealer([NEW], 'session');
    fc.assert(
      fc.property(text, fc.string(), (plain, context) => {
        expect(sealer.open(sealer.seal(plain, context), context)).toEqual({ text: plain, current: true });
      }),
    );
  });

  test('writes one code unit up to U+00FF a byte, 33 more than the text', () => {
    const sealer = createSealer([NEW], 'session');
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (plain) => {
        const sealed = sealer.seal(plain, 'a');
        expect(Buffer.from(sealed, 'latin1').toString('latin1')).toBe(sealed);
        expect(sealed).toHaveLength(Buffer.byteLength(plain) + 33);
      }),
    );
  });

  test.each([
    ['a plain text', 'Adele Vance'],
    ['a deflated text', 'Adele Vance '.repeat(700)],
  ])('refuses %s with any one byte changed in any way', (_kind, plain) => {
    const sealer = createSealer([NEW, OLD], 'session');
    const sealed = sealer.seal(plain, 'id tokens');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: sealed.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, bits) => expect(sealer.open(withByteTurned(sealed, at, bits), 'id tokens')).toBeUndefined(),
      ),
      { numRuns: 2_000 },
    );
    for (let at = 0; at < sealed.length; at += 1) {
      expect(sealer.open(withByteTurned(sealed, at, 1), 'id tokens')).toBeUndefined();
    }
  });

  test('refuses a text cut short or grown at any place', () => {
    const sealer = createSealer([NEW], 'session');
    const sealed = sealer.seal('Adele Vance', 'a');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(sealer.open(sealed.slice(0, length), 'a')).toBeUndefined();
      expect(sealer.open(sealed.slice(length + 1), 'a')).toBeUndefined();
    }
    expect(sealer.open(`${sealed}\u0000`, 'a')).toBeUndefined();
  });

  test('refuses whatever was never sealed', () => {
    const sealer = createSealer([NEW], 'session');
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (junk) =>
        expect(sealer.open(junk, 'a')).toBeUndefined(),
      ),
    );
  });

  test('refuses another context', () => {
    const sealer = createSealer([NEW], 'session');
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        expect(sealer.open(sealer.seal('text', one), other)).toBeUndefined();
      }),
    );
  });

  test('refuses what the same secret sealed for another purpose', () => {
    const sealed = createSealer([NEW], 'sign-in').seal('text', 'a');
    expect(createSealer([NEW], 'session').open(sealed, 'a')).toBeUndefined();
  });

  test('rotates: an old secret still opens and says so, a secret taken away does not open', () => {
    const sealed = createSealer([OLD], 'session').seal('text', 'a');
    expect(createSealer([OLD, NEW], 'session').open(sealed, 'a')).toEqual({ text: 'text', current: true });
    expect(createSealer([NEW, OLD], 'session').open(sealed, 'a')).toEqual({ text: 'text', current: false });
    expect(createSealer([NEW], 'session').open(sealed, 'a')).toBeUndefined();
    const again = createSealer([NEW, OLD], 'session').seal('text', 'a');
    expect(createSealer([NEW], 'session').open(again, 'a')).toEqual({ text: 'text', current: true });
  });

  test('never seals alike twice, and shows nothing of the text', () => {
    const sealer = createSealer([NEW], 'session');
    const sealed = Array.from({ length: 1_000 }, () => sealer.seal('Adele Vance', 'a'));
    expect(new Set(sealed).size).toBe(1_000);
    expect(new Set(sealed.map((each) => each.slice(5, 17))).size).toBe(1_000);
    expect(sealed.some((each) => each.includes('Adele'))).toBe(false);
  });

  test('needs a secret', () => {
    expect(() => createSealer([], 'session')).toThrow('at least one secret');
  });
});
