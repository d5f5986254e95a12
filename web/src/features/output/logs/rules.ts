import type { LogLine, LogsResponse } from '@cyclorama/shared/output.ts';

import { parseTime, formatAbsolute } from '../../../lib/time.ts';
import type { Zone } from '../../../lib/time.ts';

/** Those that are kept on the page while it follows. */
export const MOST_SHOWN = 20_000;

export type ShownLogs = LogsResponse & {
  /** Older ones made room while following. */
  dropped: number;
};

const keyOf = ({ at, source, text }: LogLine): string => `${at} ${source} ${text}`;

/** A line that was read before is not there twice; of lines that are alike within one answer each counts. */
export function withNewer(before: ShownLogs, next: LogsResponse): ShownLogs {
  const known = new Set(before.lines.map(keyOf));
  const fresh = next.lines.filter((line) => !known.has(keyOf(line)));
  const all = fresh.length === 0 ? before.lines : [...before.lines, ...fresh];
  const over = Math.max(0, all.length - MOST_SHOWN);
  return {
    ...next,
    from: before.from,
    isFull: before.isFull || next.isFull,
    lines: over === 0 ? all : all.slice(over),
    dropped: before.dropped + over,
  };
}

export function linesOfStream(lines: readonly LogLine[], stream: string | undefined): readonly LogLine[] {
  return stream === undefined ? lines : lines.filter(({ source }) => source === stream);
}

export const streamsOf = (lines: readonly LogLine[]): string[] =>
  [...new Set(lines.map(({ source }) => source))].toSorted();

/** "14:05:09.123"; with the day in front where the lines are of more than one. */
export function lineTime(at: string, zone: Zone, withDay: boolean): string {
  const ms = parseTime(at);
  if (ms === null) return at;
  const text = formatAbsolute(ms, zone);
  return `${text.slice(withDay ? 5 : 11, 19)}.${String(ms % 1_000).padStart(3, '0')}`;
}

export function areOfOneDay(lines: readonly LogLine[], zone: Zone): boolean {
  const [first, last] = [lines[0], lines.at(-1)].map((line) => formatAbsolute(line?.at, zone).slice(0, 10));
  return first === last;
}

/** A line each, with its time in UTC. */
export function textOf(lines: readonly LogLine[]): string {
  return lines.map(({ at, source, text }) => `${at} ${source} ${text}\n`).join('');
}

export function fileNameOf(name: string, at: string): string {
  return `${name.replaceAll(/[^\w.-]+/g, '-')}-${at.slice(0, 19).replaceAll(':', '')}Z.log`;
}
