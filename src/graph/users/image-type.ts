/** The pictures that are passed on, by the bytes that they begin with. */
const SIGNATURES: readonly [type: string, begins: RegExp][] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
];

/** What kind of picture these bytes are, whatever anybody says they are; `undefined` for every other. */
export function imageTypeOf(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 12);
  return SIGNATURES.find(([, begins]) => begins.test(beginning))?.[0];
}
