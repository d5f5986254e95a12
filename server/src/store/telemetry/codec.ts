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
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < 1 || bytes.readUInt32LE(end) !== crc32(bytes.subarray(0, end)))
    throw new DamagedBlock('A block of telemetry is damaged: its checksum differs.');
  if (bytes[0] !== VERSION)
    throw new DamagedBlock(`A block of telemetry has version ${bytes[0]}, which this release can't read.`);
  try {
    return unpack(new ByteReader(zstdDecompressSync(bytes.subarray(1, end), MOST_BYTES)), wanted);
  } catch (cause) {
    throw new DamagedBlock('A block of telemetry is damaged: its content does not add up.', { cause });
  }
}

function unpack(from: ByteReader, wanted: readonly number[] | undefined): Frame {
  const rows = from.varint();
  const width = from.varint();
  const firstStep = from.varint();
  const times = unpackWhole(from, rows);
  const steps = stepsOf(times, firstStep);
  const lengths = Array.from({ length: width }, () => from.varint());
  const bodies = lengths.map((length) => from.bytes(length));
  const done = new Map<number, ReturnType<typeof unpackColumn>>();
  const column = (index: number): ReturnType<typeof unpackColumn> => {
    const known = done.get(index);
    if (known !== undefined) return known;
    const made = unpackColumn(new ByteReader(bodies[index] ?? Buffer.alloc(0)), rows, steps, (term) => {
      if (term >= index) throw new RangeError('a column of itself');
      return column(term).ground;
    });
    done.set(index, made);
    return made;
  };
  const isWanted = wanted === undefined ? null : new Set(wanted);
  const columns = bodies.map((_, index) =>
    isWanted === null || isWanted.has(index) ? column(index).values : new Float64Array(0),
  );
  return { times, columns };
}

function stepsOf(times: Float64Array, firstStep: number): Float64Array {
  const steps = new Float64Array(times.length);
  for (let row = 0; row < times.length; row += 1)
    steps[row] = row === 0 ? firstStep : (times[row] ?? 0) - (times[row - 1] ?? 0);
  return steps;
}
