/** A colour as luminance and two colour differences, each 0 to 255 (ITU-T T.871, the JPEG file format). */
export interface Colour {
  readonly y: number;
  readonly cb: number;
  readonly cr: number;
}

/** Code lengths and codes of the size categories 0 to 8: the standard luminance DC table (ITU-T T.81, table K.3). */
const DC_CODES = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110'] as const;
const DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const END_OF_BLOCK = '0';
const BLOCK = 8;

/**
 * Makes a baseline JPEG of plain squares, 8 by 8 pixels each: enough for a picture that programs can tell apart.
 * `blocks` is the number of squares on each side.
 */
export function jpegOfSquares(blocks: number, colourAt: (column: number, row: number) => Colour): Buffer {
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    segment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(BLOCK)])),
    segment(0xc0, frameHeader(blocks * BLOCK)),
    segment(0xc4, Buffer.from([0x00, ...DC_LENGTHS, ...Array.from({ length: 12 }, (_, size) => size)])),
    segment(0xc4, Buffer.from([0x10, 1, ...new Array<number>(15).fill(0), 0])),
    segment(0xda, Buffer.from([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
    scan(blocks, colourAt),
    Buffer.from('ffd9', 'hex'),
  ]);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

function frameHeader(pixels: number): Buffer {
  const header = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  header.writeUInt16BE(pixels, 1);
  header.writeUInt16BE(pixels, 3);
  return header;
}

/** Each square is one number per component: its difference from the square before. */
function scan(blocks: number, colourAt: (column: number, row: number) => Colour): Buffer {
  let before = [0, 0, 0];
  let bits = '';
  for (let at = 0; at < blocks * blocks; at++) {
    const { y, cb, cr } = colourAt(at % blocks, Math.floor(at / blocks));
    const now = [y - 128, cb - 128, cr - 128];
    bits += now.map((value, part) => difference(value - (before[part] ?? 0)) + END_OF_BLOCK).join('');
    before = now;
  }
  return packed(bits);
}

function difference(value: number): string {
  const size = Math.abs(value).toString(2).length - (value === 0 ? 1 : 0);
  const bits = value > 0 ? value : value + 2 ** size - 1;
  return (DC_CODES[size] ?? '') + (size === 0 ? '' : bits.toString(2).padStart(size, '0'));
}

/** Bits as bytes, filled up with ones; a byte FF is followed by 00 so that it is no marker (ITU-T T.81, B.1.1.5). */
function packed(bits: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return Buffer.from(bytes);
}
