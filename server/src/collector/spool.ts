import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createSegment, openSegment } from './segment.ts';
import type { Segment } from './segment.ts';

const SEGMENT_NAME = /^(\d{15})\.frames$/;
/** The most one segment holds, and as a share of the whole: what is dropped when the spool is full. */
const SEGMENT_BYTES = 1_048_576;
const SEGMENT_SHARE = 1 / 8;

export type SpoolState = { frames: number; samples: number; bytes: number; dropped: number };
export type Batch = {
  /** The frame before the first; null where it is no longer kept. */
  base: Buffer | null;
  frames: Buffer[];
  /** Of its last frame, for `acknowledge`. */
  last: number;
};

export type Spool = {
  /** Durable when it returns. Drops the oldest frames where the bound asks for it. */
  append(frame: Buffer, samples: number): void;
  /** The oldest frames not acknowledged, up to `maxBytes` but at least one; null where there is none. */
  next(maxBytes: number): Batch | null;
  acknowledge(last: number): void;
  state(): SpoolState;
  close(): void;
};

/** Frames are numbered without end; those up to `acknowledged` are done with, and the last of them is kept as a base. */
type Position = { acknowledged: number; dropped: number };

/** One process may use a folder. A frame survives the end of the process at any moment once `append` has returned. */
export function openSpool(folder: string, maxBytes: number): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const positionFile = join(folder, 'position.json');
  const position = readPosition(positionFile);
  const segments = readdirSync(folder)
    .flatMap((name) => SEGMENT_NAME.exec(name)?.[1] ?? [])
    .toSorted()
    .map((digits) => openSegment(join(folder, `${digits}.frames`), Number(digits)));
  const segmentBytes = Math.min(SEGMENT_BYTES, maxBytes * SEGMENT_SHARE);
  let newest: Segment | null = null;

  const save = (): void => {
    const draft = `${positionFile}.draft`;
    writeFileSync(draft, JSON.stringify(position), { mode: 0o600 });
    renameSync(draft, positionFile);
  };
  const endOf = ({ first, records }: Segment): number => first + records.length - 1;
  const lastNumber = (): number => {
    const last = segments.at(-1);
    return Math.max(position.acknowledged, last === undefined ? 0 : endOf(last));
  };
  const bytesKept = (): number => segments.reduce((sum, { bytes }) => sum + bytes, 0);
  const waitingIn = ({ first, records }: Segment) =>
    records.slice(Math.max(0, position.acknowledged + 1 - first));
  const samplesWaitingIn = (segment: Segment): number =>
    waitingIn(segment).reduce((sum, { samples }) => sum + samples, 0);

  const dropOldest = (): void => {
    const oldest = segments.shift();
    if (oldest === undefined) return;
    if (oldest === newest) newest = null;
    position.dropped += samplesWaitingIn(oldest);
    position.acknowledged = Math.max(position.acknowledged, endOf(oldest));
    // First, so that what is removed is never counted twice, nor sent in part.
    save();
    oldest.remove();
  };

  const find = (number: number): Buffer | null => {
    const segment = segments.findLast(({ first }) => first <= number);
    return segment === undefined || number > endOf(segment) ? null : segment.read(number - segment.first);
  };

  return {
    append(frame, samples) {
      if (frame.length > maxBytes) {
        position.dropped += samples;
        save();
        return;
      }
      while (segments.length > 0 && bytesKept() + frame.length > maxBytes) dropOldest();
      if (newest === null || newest.bytes + frame.length > segmentBytes) {
        // A new one at each start too, so that nothing is written behind a record cut short.
        const first = lastNumber() + 1;
        newest = createSegment(join(folder, `${String(first).padStart(15, '0')}.frames`), first);
        segments.push(newest);
      }
      newest.append(frame, samples);
    },
    next(maxBytes) {
      const frames: Buffer[] = [];
      let bytes = 0;
      let last = position.acknowledged;
      for (;;) {
        const number = nextAfter(segments, last);
        const frame = number === null ? null : find(number);
        if (number === null || frame === null) break;
        bytes += frame.length;
        if (frames.length > 0 && bytes > maxBytes) break;
        frames.push(frame);
        last = number;
      }
      return frames.length === 0 ? null : { base: find(position.acknowledged), frames, last };
    },
    acknowledge(last) {
      position.acknowledged = Math.max(position.acknowledged, last);
      save();
      for (let [oldest] = segments; oldest !== undefined && endOf(oldest) < last; [oldest] = segments) {
        segments.shift();
        if (oldest === newest) newest = null;
        oldest.remove();
      }
    },
    state: () => ({
      frames: segments.reduce((sum, segment) => sum + waitingIn(segment).length, 0),
      samples: segments.reduce((sum, segment) => sum + samplesWaitingIn(segment), 0),
      bytes: bytesKept(),
      dropped: position.dropped,
    }),
    close: () => segments.forEach((segment) => segment.close()),
  };
}

/** Numbers may have gaps where a file was damaged. */
function nextAfter(segments: readonly Segment[], number: number): number | null {
  for (const { first, records } of segments) {
    const next = Math.max(first, number + 1);
    if (next < first + records.length) return next;
  }
  return null;
}

/** Without a readable one everything is sent again, which counts once. */
function readPosition(file: string): Position {
  try {
    const { acknowledged, dropped } = JSON.parse(readFileSync(file, 'utf8')) as Position;
    if (Number.isSafeInteger(acknowledged) && Number.isSafeInteger(dropped)) return { acknowledged, dropped };
  } catch {
    // None yet, or cut short.
  }
  return { acknowledged: 0, dropped: 0 };
}
