import type { StoredPart, TelemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import { describe, expect, it } from 'vitest';

import { cutText, perValueText, reachText } from './storage.rules.ts';

const part = (over: Partial<StoredPart> = {}): StoredPart => ({
  kind: 'samples',
  since: '2026-11-01T00:00:00.000Z',
  bytes: 1_000,
  bytesPerValue: 0.871,
  keptDays: 7,
  bytesPerDay: 100,
  yearBytes: 700,
  reachDays: 7,
  ...over,
});
const storage = (over: Partial<TelemetryStorage> = {}): TelemetryStorage => ({
  parts: [part(), part({ kind: 'minutes', keptDays: 35, reachDays: 35 })],
  bytes: 2_000,
  maxBytes: 2_147_483_648,
  yearBytes: 5_000,
  cutFrom: null,
  ...over,
});
const NOW = Date.parse('2026-11-30T00:00:00.000Z');
const dateOf = (at: string): string => at.slice(0, 10);

describe('what is stored', () => {
  it('tells how far back a tier reaches, and with what it was shortened', () => {
    expect(reachText(part())).toBe('7 days');
    expect(reachText(part({ reachDays: null }))).toBe('7 days');
    expect(reachText(part({ reachDays: 5.2 }))).toBe('5 of 7 days');
    expect(reachText(part({ reachDays: 0.25 }))).toBe('6 hours of 7 days');
  });

  it('tells bytes a value to two decimals', () => {
    expect(perValueText(part())).toBe('0.87 B');
    expect(perValueText(part({ bytesPerValue: null }))).toBe('–');
  });

  it('tells what the limit cuts, and from when', () => {
    expect(cutText(storage(), NOW, dateOf)).toBe('A year fits into the 2 GiB of HISTORY_MAX_MB.');
    expect(cutText(storage({ yearBytes: null }), NOW, dateOf)).toMatch(/^At most 2 GiB are kept\./);
    const parts = [part(), part({ kind: 'minutes', keptDays: 35, reachDays: 20 })];
    const later = storage({ parts, cutFrom: '2026-12-24T00:00:00.000Z' });
    expect(cutText(later, NOW, dateOf)).toBe(
      'The 2 GiB of HISTORY_MAX_MB will be full on 2026-12-24: then the oldest minutes go first.',
    );
    expect(cutText({ ...later, cutFrom: '2026-11-30T00:00:00.000Z' }, NOW, dateOf)).toBe(
      'The 2 GiB of HISTORY_MAX_MB are full: the oldest minutes go first.',
    );
  });
});
