/** Odd, so that multiplying by it modulo 2^32 can be undone: it scatters the numbers inside the ids. */
const SCATTER = 0x9e3779b1;
const UNSCATTER = 0x0e8b2f51;

/** Ids that hold the person's number, scattered, so that a person is found by id without an index. */
interface DirectoryIds {
  idOf(index: number): string;
  indexIn(id: string): number;
}

/** The ids of a directory; `seed` has 16 bytes at least. */
export function createIds(seed: Buffer): DirectoryIds {
  const offset = seed.readUInt32LE(0);
  const part = (start: number): string => seed.toString('hex', start, start + 2);
  const tail = `${part(4)}-4${part(6).slice(1)}-8${part(8).slice(1)}-${seed.toString('hex', 10, 16)}`;
  const scattered = (index: number): number => Math.imul(index + offset, SCATTER) >>> 0;
  return {
    idOf: (index) => `${scattered(index).toString(16).padStart(8, '0')}-${tail}`,
    indexIn: (id) => (Math.imul(Number.parseInt(id.slice(0, 8), 16), UNSCATTER) - offset) >>> 0,
  };
}
