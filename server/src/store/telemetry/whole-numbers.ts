import type { ByteReader, ByteWriter } from './bytes.ts';
import { unzigzag, zigzag } from './bytes.ts';

/** Beyond this, differences of two would not be exact. */
export const MOST_WHOLE = 2 ** 50;
/** As many share a width, so that one outlier costs only its neighbours. */
const GROUP = 32;
const LEVEL = 0;
const STEPS = 1;
/** Packed in parts, since the bit operations know 32 bits. */
const PART_BITS = 24;
const PART = 2 ** PART_BITS;

/**
 * Whole numbers of at most MOST_WHOLE: as distances from the lowest, or as differences from one to the next, whichever
 * is smaller; divided by what divides all; then each group with as many bits as its largest needs.
 */
export function packWhole(into: ByteWriter, values: Float64Array): void {
  const { length } = values;
  if (length === 0) return;
  let lowest = values[0] ?? 0;
  let divisor = 0;
  for (let index = 1; index < length; index += 1) {
    const value = values[index] ?? 0;
    if (value < lowest) lowest = value;
    if (divisor !== 1) divisor = greatestDivisor(Math.abs(value - (values[index - 1] ?? 0)), divisor);
  }
  const level = new Float64Array(length);
  const steps = new Float64Array(length - 1);
  if (divisor > 0) {
    for (let index = 0; index < length; index += 1) {
      const value = values[index] ?? 0;
      level[index] = (value - lowest) / divisor;
      if (index > 0) steps[index - 1] = zigzag((value - (values[index - 1] ?? 0)) / divisor);
    }
  }
  const isLevel = divisor === 0 || sizeOf(level) <= sizeOf(steps);
  into.byte(isLevel ? LEVEL : STEPS);
  into.varint(zigzag(isLevel ? lowest : (values[0] ?? 0)));
  into.varint(divisor);
  if (divisor > 0) packGroups(into, isLevel ? level : steps);
}

export function unpackWhole(from: ByteReader, length: number): Float64Array {
  const values = new Float64Array(length);
  if (length === 0) return values;
  const isLevel = from.byte() === LEVEL;
  const base = unzigzag(from.varint());
  const divisor = from.varint();
  if (divisor === 0) return values.fill(base);
  if (isLevel) {
    unpackGroups(from, values, 0);
    for (let index = 0; index < length; index += 1) values[index] = base + (values[index] ?? 0) * divisor;
    return values;
  }
  unpackGroups(from, values, 1);
  let value = base;
  values[0] = base;
  for (let index = 1; index < length; index += 1) {
    value += unzigzag(values[index] ?? 0) * divisor;
    values[index] = value;
  }
  return values;
}

function greatestDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

const bitsOf = (value: number): number =>
  value < 2 ** 32 ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / 2 ** 32));

function widthOf(values: Float64Array, start: number): number {
  const end = Math.min(values.length, start + GROUP);
  let largest = 0;
  for (let index = start; index < end; index += 1) largest = Math.max(largest, values[index] ?? 0);
  return bitsOf(largest);
}

function sizeOf(values: Float64Array): number {
  let bits = 0;
  for (let start = 0; start < values.length; start += GROUP)
    bits += widthOf(values, start) * Math.min(GROUP, values.length - start);
  return bits;
}

function packGroups(into: ByteWriter, values: Float64Array): void {
  let held = 0;
  let heldBits = 0;
  // Never more than 7 bits are held over, so a part of 24 fits beside them.
  const put = (value: number, bits: number): void => {
    held |= value << heldBits;
    heldBits += bits;
    while (heldBits >= 8) {
      into.byte(held & 255);
      held >>>= 8;
      heldBits -= 8;
    }
  };
  for (let start = 0; start < values.length; start += GROUP) {
    const width = widthOf(values, start);
    into.byte(width);
    const end = width === 0 ? start : Math.min(values.length, start + GROUP);
    for (let index = start; index < end; index += 1) {
      let rest = values[index] ?? 0;
      for (let left = width; left > 0; left -= PART_BITS) {
        put(rest % PART, Math.min(left, PART_BITS));
        rest = Math.floor(rest / PART);
      }
    }
    if (heldBits > 0) put(0, 8 - heldBits);
  }
}

function unpackGroups(from: ByteReader, into: Float64Array, first: number): void {
  for (let start = first; start < into.length; start += GROUP) {
    const end = Math.min(into.length, start + GROUP);
    const width = from.byte();
    if (width === 0) continue;
    const packed = from.bytes(Math.ceil((width * (end - start)) / 8));
    let held = 0;
    let heldBits = 0;
    let place = 0;
    for (let index = start; index < end; index += 1) {
      let value = 0;
      let scale = 1;
      for (let left = width; left > 0; left -= PART_BITS) {
        const bits = left < PART_BITS ? left : PART_BITS;
        while (heldBits < bits) {
          held |= (packed[place] ?? 0) << heldBits;
          place += 1;
          heldBits += 8;
        }
        value += (held & ((1 << bits) - 1)) * scale;
        held >>>= bits;
        heldBits -= bits;
        scale *= PART;
      }
      into[index] = value;
    }
  }
}
