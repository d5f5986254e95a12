/** Standard luminance DC code lengths for difference categories 0 to 11 (ITU-T T.81, table K.3). */
const DC_COUNTS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_CODES = [
  '00',
  '010',
  '011',
  '100',
  '101',
  '110',
  '1110',
  '11110',
  '111110',
  '1111110',
  '11111110',
  '111111110',
];
const QUANTUM = 8;

function segment(marker: number, payload: readonly number[]): number[] {
  const length = payload.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...payload];
}

function entropyBits(levels: readonly number[]): string {
  let previous = 0;
  let bits = '';
  for (const level of levels) {
    // The DC coefficient of a flat block is 8 times its level shift; the quantum takes those 8 out again.
    const value = Math.round(level) - 128;
    const difference = value - previous;
    previous = value;
    const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
    const code = difference > 0 ? difference : difference + 2 ** size - 1;
    // The single AC code, one zero bit, says "end of block".
    bits += `${DC_CODES[size] ?? ''}${size === 0 ? '' : code.toString(2).padStart(size, '0')}0`;
  }
  return bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
}

function stuffed(bits: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return bytes;
}

/**
 * A baseline grayscale JPEG of flat 8 by 8 blocks: `levels` holds one brightness (0 to 255) per block, row by row,
 * `columns` of them in a row. Enough of a picture for a simulated camera.
 */
export function blockJpeg(levels: readonly number[], columns: number): Buffer {
  const width = columns * 8;
  const height = Math.ceil(levels.length / columns) * 8;
  const table = Array.from({ length: 64 }, () => QUANTUM);
  return Buffer.from([
    0xff,
    0xd8,
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...table]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...DC_COUNTS, ...DC_CODES.keys()]),
    ...segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...stuffed(entropyBits(levels)),
    0xff,
    0xd9,
  ]);
}
