import { closeSync, fdatasyncSync, openSync, readFileSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Length, checksum and number of samples, as unsigned 32-bit numbers. */
const HEADER_BYTES = 12;

type Record = { offset: number; length: number; samples: number };

/** Frames in one append-only file; that of number `first + n` is its record n. */
export type Segment = {
  readonly first: number;
  readonly records: readonly Record[];
  readonly bytes: number;
  /** Durable when it returns. */
  append(payload: Buffer, samples: number): void;
  read(index: number): Buffer;
  close(): void;
  remove(): void;
};

/** What was cut short or damaged, from there to the end of the file, is left out. */
export function openSegment(path: string, first: number): Segment {
  return segmentOf(path, first, recordsIn(readFileSync(path)));
}

/** @throws NodeJS.ErrnoException `EEXIST` where there is such a file. */
export function createSegment(path: string, first: number): Segment {
  closeSync(openSync(path, 'wx', 0o600));
  return segmentOf(path, first, []);
}

function segmentOf(path: string, first: number, records: Record[]): Segment {
  const last = records.at(-1);
  let bytes = last === undefined ? 0 : last.offset + last.length;
  const file = openSync(path, 'r+');
  return {
    first,
    records,
    get bytes() {
      return bytes;
    },
    append(payload, samples) {
      const record = Buffer.alloc(HEADER_BYTES + payload.length);
      record.writeUInt32LE(payload.length, 0);
      record.writeUInt32LE(crc32(payload, samples), 4);
      record.writeUInt32LE(samples, 8);
      payload.copy(record, HEADER_BYTES);
      for (let written = 0; written < record.length;)
        written += writeSync(file, record, written, record.length - written, bytes + written);
      fdatasyncSync(file);
      records.push({ offset: bytes + HEADER_BYTES, length: payload.length, samples });
      bytes += record.length;
    },
    read(index) {
      const record = records[index];
      if (record === undefined) throw new RangeError(`expected a record ${index} in ${path}`);
      const payload = Buffer.alloc(record.length);
      readSync(file, payload, 0, record.length, record.offset);
      return payload;
    },
    close: () => closeSync(file),
    remove() {
      closeSync(file);
      unlinkSync(path);
    },
  };
}

function recordsIn(content: Buffer): Record[] {
  const records: Record[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= content.length) {
    const length = content.readUInt32LE(at);
    const samples = content.readUInt32LE(at + 8);
    const offset = at + HEADER_BYTES;
    const payload = content.subarray(offset, offset + length);
    if (length === 0 || payload.length < length) break;
    if (crc32(payload, samples) !== content.readUInt32LE(at + 4)) break;
    records.push({ offset, length, samples });
    at = offset + length;
  }
  return records;
}
