import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LAST = 0x10ffff;

/**
 * Any character of Unicode; half surrogates are none. It is what fast-check's `unit: 'binary'` is, which looks at each of
 * the million for a second and a half before the first text.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: LAST - SURROGATES })
  .map(characterAt, placeOf);

function characterAt(place: number): string {
  return String.fromCodePoint(place < FIRST_SURROGATE ? place : place + SURROGATES);
}

/** @throws Error for what is no single character */
function placeOf(text: unknown): number {
  if (typeof text !== 'string' || [...text].length !== 1) throw new Error('not a character');
  const code = text.codePointAt(0) ?? 0;
  return code < FIRST_SURROGATE ? code : code - SURROGATES;
}
