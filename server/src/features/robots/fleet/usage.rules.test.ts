import { describe, expect, it } from 'vitest';

import { usageOf } from './usage.rules.ts';

const held = (owner: string | null, type: string, from: number | null, to: number | null) => ({
  id: 'b1',
  owner,
  type,
  requested_at: (from ?? 0) * 1_000,
  started_at: from === null ? null : from * 1_000,
  ended_at: to === null ? null : to * 1_000,
});
const usage = (rows: ReturnType<typeof held>[], from: number, to: number, now: number) =>
  usageOf(rows, [], { from: from * 1_000, to: to * 1_000 }, now * 1_000);

describe('usage', () => {
  it('adds up a person and type, the most first; what nobody booked is its own', () => {
    const rows = [
      held('oscar', 'misty', 0, 10),
      held('oscar', 'misty', 20, 30),
      held('oscar', 'kobuki', 0, 5),
      held(null, 'misty', 0, 100),
    ];
    expect(usage(rows, 0, 1_000, 1_000)).toEqual([
      { owner: null, type: 'misty', bookings: 1, seconds: 100 },
      { owner: 'oscar', type: 'misty', bookings: 2, seconds: 20 },
      { owner: 'oscar', type: 'kobuki', bookings: 1, seconds: 5 },
    ]);
  });

  it.each<[string, number | null, number | null, number, number?]>([
    ['before the range', 0, 10, 0],
    ['into the range', 90, 110, 10],
    ['out of the range', 190, 210, 10],
    ['all through it', 0, 500, 100],
    ['after it', 201, 300, 0],
    ['not at all', null, 150, 0],
    ['until now', 120, null, 30, 150],
    ['still', 120, null, 80],
  ])('counts what was held %s only within it', (_, from, to, seconds, now = 1_000) => {
    const rows = usage([held('oscar', 'misty', from, to)], 100, 200, now);
    expect(rows).toEqual(seconds === 0 ? [] : [{ owner: 'oscar', type: 'misty', bookings: 1, seconds }]);
  });

  it('gives each holder of a robot that was handed over their part', () => {
    const handOver = { booking_id: 'b1', at: 40_000, from_owner: 'ada', to_owner: 'oscar' };
    const rows = usageOf(
      [held('oscar', 'misty', 0, 100)],
      [handOver, { ...handOver, booking_id: 'another' }],
      { from: 10_000, to: 500_000 },
      1_000_000,
    );
    expect(rows).toEqual([
      { owner: 'oscar', type: 'misty', bookings: 1, seconds: 60 },
      { owner: 'ada', type: 'misty', bookings: 1, seconds: 30 },
    ]);
  });
});
