import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import type { ByteReader } from './bytes.ts';
import { ByteWriter } from './bytes.ts';
import { KIND, numbersOf, WAYS, wholesOf } from './kinds.ts';
import type { WholeKind } from './kinds.ts';
import { packWhole, unpackWhole } from './whole-numbers.ts';

const HAS_GAPS = 0x10;
const HAS_EXCEPTIONS = 0x20;
/** What is packed are the differences from the sum of other columns. */
const HAS_TERMS = 0x40;

/** The whole numbers of a column, one a row; 0 in gaps. Null where it has none. */
export type Ground = { kind: WholeKind; rows: Float64Array } | null;
type Packed = { bytes: Buffer; ground: Ground };
export type GroundOf = (column: number) => Ground;

/** `values`: NaN is a gap. `terms`: columns packed before, which may add up to this one. */
export function packColumn(
  values: Float64Array,
  steps: Float64Array,
  terms: readonly number[],
  groundOf: GroundOf,
): Packed {
  const places = placesOf(values);
  const present = Float64Array.from(places, (place) => values[place] ?? 0);
  const into = new ByteWriter();
  if (present.length === 0) {
    into.byte(KIND.empty);
    return { bytes: into.copy(), ground: null };
  }
  const gaps = present.length < values.length ? HAS_GAPS : 0;
  const found = wholesOf(
    present,
    Float64Array.from(places, (place) => steps[place] ?? 0),
  );
  if (found === null) {
    const isSame = present.every((value) => Object.is(value, present[0]));
    into.byte((isSame ? KIND.same : KIND.raw) | gaps);
    if (gaps > 0) packGaps(into, places, values.length);
    if (isSame) into.float(present[0] ?? 0);
    else packRaw(into, present);
    return { bytes: into.copy(), ground: null };
  }
  const { kind, wholes, exceptions } = found;
  const ground = { kind, rows: spread(wholes, places, values.length, 0) };
  const write = (flags: number, numbers: Float64Array, uses: readonly number[]): Buffer => {
    const out = new ByteWriter();
    out.byte(KIND[kind] | gaps | flags | (exceptions.length > 0 ? HAS_EXCEPTIONS : 0));
    if (gaps > 0) packGaps(out, places, values.length);
    if (exceptions.length > 0) packExceptions(out, exceptions, present);
    if (flags > 0) {
      out.byte(uses.length);
      for (const use of uses) out.byte(use);
    }
    packWhole(out, numbers);
    return out.copy();
  };
  const alone = write(0, wholes, []);
  const uses = terms.filter((term) => groundOf(term)?.kind === kind);
  if (uses.length === 0) return { bytes: alone, ground };
  const rest = Float64Array.from(
    places,
    (place, index) => (wholes[index] ?? 0) - sumAt(place, uses, groundOf),
  );
  const together = write(HAS_TERMS, rest, uses);
  return { bytes: together.length < alone.length ? together : alone, ground };
}

/** @throws RangeError, or an Error of zlib, where the bytes are no column. */
export function unpackColumn(
  from: ByteReader,
  rows: number,
  steps: Float64Array,
  groundOf: GroundOf,
): { values: Float64Array; ground: Ground } {
  const head = from.byte();
  const kind = head & 0x0f;
  if (kind === KIND.empty) return { values: new Float64Array(rows).fill(Number.NaN), ground: null };
  // Null where no row is a gap.
  const places = (head & HAS_GAPS) > 0 ? unpackGaps(from, rows) : null;
  const count = places === null ? rows : places.length;
  if (kind === KIND.same || kind === KIND.raw) {
    const present = kind === KIND.same ? new Float64Array(count).fill(from.float()) : unpackRaw(from, count);
    return { values: spread(present, places, rows, Number.NaN), ground: null };
  }
  const name = nameOf(kind);
  const exceptions = (head & HAS_EXCEPTIONS) > 0 ? unpackExceptions(from) : [];
  const uses = (head & HAS_TERMS) > 0 ? [...from.bytes(from.byte())] : [];
  const wholes = unpackWhole(from, count);
  for (const use of uses) {
    const added = groundOf(use)?.rows ?? new Float64Array(rows);
    for (let index = 0; index < count; index += 1)
      wholes[index] = (wholes[index] ?? 0) + (added[places === null ? index : (places[index] ?? 0)] ?? 0);
  }
  const ground = { kind: name, rows: spread(wholes, places, rows, 0) };
  const present = numbersOf(name, wholes, places === null ? steps : pick(steps, places));
  for (const [index, value] of exceptions) present[index] = value;
  return { values: spread(present, places, rows, Number.NaN), ground };
}

const pick = (values: Float64Array, places: Uint32Array): Float64Array =>
  Float64Array.from(places, (place) => values[place] ?? 0);

function nameOf(kind: number): WholeKind {
  for (const name of Object.keys(WAYS) as WholeKind[]) if (KIND[name] === kind) return name;
  throw new RangeError(`no kind ${kind}`);
}

function placesOf(values: Float64Array): Uint32Array {
  const places = new Uint32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row])) continue;
    places[count] = row;
    count += 1;
  }
  return places.subarray(0, count);
}

/** To all rows; `gap` in those that have none. */
function spread(
  present: Float64Array,
  places: Uint32Array | null,
  length: number,
  gap: number,
): Float64Array {
  if (places === null || places.length === length) return present;
  const rows = new Float64Array(length).fill(gap);
  for (let index = 0; index < present.length; index += 1) rows[places[index] ?? 0] = present[index] ?? gap;
  return rows;
}

function sumAt(place: number, uses: readonly number[], groundOf: GroundOf): number {
  let sum = 0;
  for (const use of uses) sum += groundOf(use)?.rows[place] ?? 0;
  return sum;
}

/** As runs of present rows: how many are skipped before each, and its length. */
function packGaps(into: ByteWriter, places: Uint32Array, rows: number): void {
  const runs: number[] = [];
  let next = 0;
  for (let index = 0; index < places.length;) {
    const first = places[index] ?? rows;
    let length = 1;
    while (places[index + length] === first + length) length += 1;
    runs.push(first - next, length);
    next = first + length;
    index += length;
  }
  into.varint(runs.length);
  for (const part of runs) into.varint(part);
}

function unpackGaps(from: ByteReader, rows: number): Uint32Array {
  const places = new Uint32Array(rows);
  let count = 0;
  let next = 0;
  for (let left = from.varint(); left > 0; left -= 2) {
    next += from.varint();
    const length = from.varint();
    if (next + length > rows) throw new RangeError('more rows than there are');
    for (let step = 0; step < length; step += 1) places[count++] = next++;
  }
  return places.subarray(0, count);
}

function packExceptions(into: ByteWriter, exceptions: readonly number[], values: Float64Array): void {
  into.varint(exceptions.length);
  for (const index of exceptions) {
    into.varint(index);
    into.float(values[index] ?? 0);
  }
}

function unpackExceptions(from: ByteReader): [index: number, value: number][] {
  const exceptions: [number, number][] = [];
  for (let left = from.varint(); left > 0; left -= 1) exceptions.push([from.varint(), from.float()]);
  return exceptions;
}

const BYTES = 8;

/** Byte by byte of all numbers: the high ones are alike, so zstd finds them. */
function packRaw(into: ByteWriter, values: Float64Array): void {
  const planes = transposed(Buffer.from(values.buffer, values.byteOffset, values.byteLength), values.length);
  const packed = zstdCompressSync(planes);
  const bytes = packed.length < planes.length ? packed : planes;
  into.varint(bytes.length);
  into.bytes(bytes);
}

function unpackRaw(from: ByteReader, length: number): Float64Array {
  const bytes = from.bytes(from.varint());
  const planes = bytes.length === length * BYTES ? bytes : zstdDecompressSync(bytes);
  if (planes.length !== length * BYTES) throw new RangeError('another length than told');
  const values = new Float64Array(length);
  const target = new Uint8Array(values.buffer);
  for (let plane = 0; plane < BYTES; plane += 1)
    for (let row = 0; row < length; row += 1) target[row * BYTES + plane] = planes[plane * length + row] ?? 0;
  return values;
}

function transposed(bytes: Buffer, length: number): Buffer {
  const planes = Buffer.allocUnsafe(bytes.length);
  for (let plane = 0; plane < BYTES; plane += 1)
    for (let row = 0; row < length; row += 1) planes[plane * length + row] = bytes[row * BYTES + plane] ?? 0;
  return planes;
}
