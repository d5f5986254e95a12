import { expect, it } from 'vitest';

import { busyOf, usesOf } from './timeline.rules.ts';

const MINUTE = 60_000;
const iso = (minutes: number) => new Date(minutes * MINUTE).toISOString();

const booked = (
  id: string,
  state: 'queued' | 'ready' | 'terminated',
  times: { requested: number; started?: number; ends?: number; ended?: number },
) => ({
  row: {
    id,
    owner: 'oscar',
    deployment_id: 'd1',
    type: 'misty',
    state,
    requested_at: times.requested * MINUTE,
    started_at: times.started === undefined ? null : times.started * MINUTE,
    ends_at: times.ends === undefined ? null : times.ends * MINUTE,
    ended_at: times.ended === undefined ? null : times.ended * MINUTE,
  },
  shown: {},
});
const range = { from: 100 * MINUTE, to: 200 * MINUTE };
const handOver = { booking_id: 'b1', at: 130 * MINUTE, from_owner: 'ada', to_owner: 'oscar' };

it('tells the wait and each holder of a booking, with the limit of what lasts', () => {
  const uses = usesOf(
    [booked('b1', 'ready', { requested: 90, started: 110, ends: 190 })],
    [handOver, { ...handOver, booking_id: 'another' }],
    range,
  );
  const common = { bookingId: 'b1', deploymentId: 'd1', type: 'misty', state: 'ready' };
  expect(uses).toEqual([
    { ...common, owner: 'oscar', kind: 'held', from: iso(130), to: null, endsAt: iso(190) },
    { ...common, owner: 'ada', kind: 'held', from: iso(110), to: iso(130), endsAt: null },
    { ...common, owner: 'oscar', kind: 'queued', from: iso(90), to: iso(110), endsAt: null },
  ]);
});

it('leaves out what was over before, and waits too short to be one', () => {
  const uses = usesOf(
    [
      booked('over', 'terminated', { requested: 10, started: 20, ended: 99 }),
      booked('straight', 'terminated', { requested: 120, started: 120.05, ended: 130 }),
      booked('waiting', 'queued', { requested: 150 }),
    ],
    [],
    range,
  );
  expect(uses.map(({ bookingId, kind, to }) => [bookingId, kind, to])).toEqual([
    ['waiting', 'queued', null],
    ['straight', 'held', iso(130)],
  ]);
});

it('says when a robot was in use, without gaps too small to be seen and up to now', () => {
  const points = [
    { at: 90 * MINUTE, length: 1 },
    { at: 110 * MINUTE, length: 0 },
    { at: 110.1 * MINUTE, length: 2 },
    { at: 120 * MINUTE, length: 0 },
    { at: 140 * MINUTE, length: 1 },
    { at: 150 * MINUTE, length: null },
    { at: 170 * MINUTE, length: 1 },
  ];
  expect(busyOf(points, range, 180 * MINUTE)).toEqual([
    { from: 100 * MINUTE, to: 120 * MINUTE },
    { from: 140 * MINUTE, to: 150 * MINUTE },
    { from: 170 * MINUTE, to: 180 * MINUTE },
  ]);
});
