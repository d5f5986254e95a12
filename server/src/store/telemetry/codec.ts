import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import { ByteReader, ByteWriter } from './bytes.ts';
import { packColumn, unpackColumn } from './column.ts';
import type { Ground } from './column.ts';
import { packWhole, unpackWhole } from './whole-numbers.ts';

const VERSION = 1;
const CHECKSUM_BYTES = 4;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
/** Far above any block, so that a damaged one can't ask for all memory. */
const MOST_BYTES = { maxOutputLength: 64 * 1024 * 1024 };

/** `times`: epoch milliseconds, growing. One column for each measure, as long as `times`; NaN is a gap. */
export type Frame = { times: Float64Array; columns: Float64Array[] };

/** What was stored does not read: the disk, or who wrote it, was at fault. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';
}

type Hints = {
  /** When the sample before the first was taken: rates were counted from there. */
  before?: number | null;
  /** Which columns a column may be the sum of, all with a lower number. */
  terms?: (column: number) => readonly number[];
};

const NOTHING = new Float64Array(0);
const NO_TERMS = (): readonly number[] => [];

/** Every number comes back with the same bits. */
export function encodeBlock(
  { times, columns }: Frame,
  { before = null, terms = NO_TERMS }: Hints = {},
): Buffer {
  const into = new ByteWriter();
  const known = before === null ? 0 : Math.max(0, (times[0] ?? 0) - before);
  const firstStep = Number.isSafeInteger(known) ? known : 0;
  into.varint(times.length);
  into.varint(columns.length);
  into.varint(firstStep);
  packWhole(into, times);
  const steps = stepsOf(times, firstStep);
  const grounds: Ground[] = [];
  const packed = columns.map((column, index) => {
    const { bytes, ground } = packColumn(column, steps, terms(index), (term) => grounds[term] ?? null);
    grounds.push(ground);
    return bytes;
  });
  for (const { length } of packed) into.varint(length);
  for (const bytes of packed) into.bytes(bytes);
  const sealed = new ByteWriter();
  sealed.byte(VERSION);
  sealed.bytes(zstdCompressSync(into.view(), LEVEL));
  sealed.uint32(crc32(sealed.view()));
  return sealed.copy();
}

/** `wanted`: only these columns are unpacked; the others are empty. @throws DamagedBlock */
export function decodeBlock(body: Uint8Array, wanted?: readonly number[]): Frame {
  return openBlock(body).frame(wanted);
}

/** A block without its compression. `frame`: @throws DamagedBlock */
export type OpenBlock = { frame: (wanted?: readonly number[]) => Frame; readonly bytes: number };

/** Columns are unpacked as they are asked for, and kept. @throws DamagedBlock */
export function openBlock(body: Uint8Array): OpenBlock {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < 1 || bytes.readUInt32LE(end) !== crc32(bytes.subarray(0, end)))
    throw new DamagedBlock('A block of telemetry is damaged: its checksum differs.');
  if (bytes[0] !== VERSION)
    throw new DamagedBlock(`A block of telemetry has version ${bytes[0]}, which this release can't read.`);
  return sound(() => opened(zstdDecompressSync(bytes.subarray(1, end), MOST_BYTES)));
}

/** What marks the body of a block: two of the same length and mark are the same. */
export const markOf = (body: Uint8Array): number =>
  body.length < CHECKSUM_BYTES
    ? 0
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength).readUInt32LE(body.length - CHECKSUM_BYTES);

function sound<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new DamagedBlock('A block of telemetry is damaged: its content does not add up.', { cause });
  }
}

function opened(content: Buffer): OpenBlock {
  const from = new ByteReader(content);
  const rows = from.varint();
  const width = from.varint();
  const firstStep = from.varint();
  const times = unpackWhole(from, rows);
  const steps = stepsOf(times, firstStep);
  const lengths = Array.from({ length: width }, () => from.varint());
  const bodies = lengths.map((length) => from.bytes(length));
  const known = new Map<number, Float64Array>();
  const unpacked = (wanted: readonly number[] | undefined): Frame => {
    const done = new Map<number, ReturnType<typeof unpackColumn>>();
    const column = (index: number): ReturnType<typeof unpackColumn> => {
      const before = done.get(index);
      if (before !== undefined) return before;
      const made = unpackColumn(new ByteReader(bodies[index] ?? Buffer.alloc(0)), rows, steps, (term) => {
        if (term >= index) throw new RangeError('a column of itself');
        return column(term).ground;
      });
      done.set(index, made);
      return made;
    };
    const columns: Float64Array[] = bodies.map(() => NOTHING);
    for (const index of wanted ?? bodies.keys()) {
      if (index >= width) continue;
      const values = known.get(index) ?? column(index).values;
      known.set(index, values);
      columns[index] = values;
    }
    return { times, columns };
  };
  return {
    frame: (wanted) => sound(() => unpacked(wanted)),
    get bytes() {
      return content.length + (2 + known.size) * rows * Float64Array.BYTES_PER_ELEMENT;
    },
  };
}

function stepsOf(times: Float64Array, firstStep: number): Float64Array {
  const steps = new Float64Array(times.length);
  for (let row = 0; row < times.length; row += 1)
    steps[row] = row === 0 ? firstStep : (times[row] ?? 0) - (times[row - 1] ?? 0);
  return steps;
}
