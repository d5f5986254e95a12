import type { LogLine, LogsResponse } from '@cyclorama/shared/output.ts';
import { expect, it } from 'vitest';

import {
  areOfOneDay,
  fileNameOf,
  lineTime,
  linesOfStream,
  MOST_SHOWN,
  streamsOf,
  textOf,
  withNewer,
} from './rules.ts';

const line = (second: number, text: string, source = 'stdout'): LogLine => ({
  at: new Date(Date.UTC(2026, 2, 1, 14, 5, 0) + second * 1_000).toISOString(),
  source,
  text,
  cutFrom: null,
});
const answer = (lines: LogLine[], isFull = false): LogsResponse => ({
  freshness: { state: 'live', asOf: null, failingSince: null, reason: null },
  from: '2026-03-01T14:00:00.000Z',
  to: '2026-03-01T14:10:00.000Z',
  isFull,
  lines,
});
const shown = (lines: LogLine[]) => ({ ...answer(lines), dropped: 0 });

it('adds what came since, without what was read before, and keeps lines that are alike', () => {
  const twice = [line(2, 'again'), line(2, 'again')];
  const after = withNewer(shown([line(1, 'a'), line(2, 'b')]), answer([line(2, 'b'), ...twice]));
  expect(after.lines.map(({ text }) => text)).toEqual(['a', 'b', 'again', 'again']);
});

it('keeps the list as it is where nothing came, so that nothing is drawn anew', () => {
  const before = shown([line(1, 'a')]);
  expect(withNewer(before, answer([line(1, 'a')])).lines).toBe(before.lines);
});

it('lets the oldest make room, and says how many', () => {
  const many = Array.from({ length: MOST_SHOWN }, (_, index) => line(index, String(index)));
  const after = withNewer(shown(many), answer([line(MOST_SHOWN, 'newest')], true));
  expect([after.lines.length, after.dropped, after.isFull]).toEqual([MOST_SHOWN, 1, true]);
  expect(after.lines.at(-1)?.text).toBe('newest');
});

it('tells the time of a line to the millisecond, and the day where there is more than one', () => {
  const at = '2026-03-01T14:05:09.123456789Z';
  expect(lineTime(at, 'utc', false)).toBe('14:05:09.123');
  expect(lineTime(at, 'utc', true)).toBe('03-01 14:05:09.123');
  expect(lineTime('no time', 'utc', false)).toBe('no time');
  expect(areOfOneDay([line(0, 'a'), line(60, 'b')], 'utc')).toBe(true);
  expect(areOfOneDay([line(0, 'a'), line(86_400, 'b')], 'utc')).toBe(false);
});

it('knows the streams, and makes a file of what is shown', () => {
  const lines = [line(0, 'fine'), line(1, 'broken', 'stderr')];
  expect(streamsOf(lines)).toEqual(['stderr', 'stdout']);
  expect(linesOfStream(lines, 'stderr').map(({ text }) => text)).toEqual(['broken']);
  expect(linesOfStream(lines, undefined)).toBe(lines);
  expect(textOf(lines)).toBe(
    '2026-03-01T14:05:00.000Z stdout fine\n2026-03-01T14:05:01.000Z stderr broken\n',
  );
  expect(fileNameOf('api 1/x', '2026-03-01T14:05:00.000Z')).toBe('api-1-x-2026-03-01T140500Z.log');
});
