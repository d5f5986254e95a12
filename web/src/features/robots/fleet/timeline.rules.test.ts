import { expect, it } from 'vitest';

import { deployment, misty } from '../../../testing/builders/robots.ts';
import { axisOf, lanesOf } from './timeline.rules.ts';

const now = Date.parse('2026-03-26T12:00:00Z');
const HOUR = 3_600_000;
const at = (hours: number) => new Date(now + hours * HOUR).toISOString();

const sixHours = { live: true, range: '6h' } as const;

const use = {
  bookingId: 'b1',
  deploymentId: misty,
  type: 'fixed_misty2',
  owner: 'ada',
  kind: 'held' as const,
  state: 'ready' as const,
  from: at(-2),
  to: null,
  endsAt: at(0.25),
};

it('draws what is held up to now, and beyond it what is reserved', () => {
  const edges = axisOf(sixHours, now);
  expect(edges).toEqual({ from: now - 6 * HOUR, to: now + 0.75 * HOUR });
  const [lane] = lanesOf({ uses: [use], busy: [] }, [deployment()], { edges, now });
  const places = lane?.bars.map(({ kind, left, width }) => [kind, Math.round(left), Math.round(width)]);
  expect(places).toEqual([
    ['held', 59, 30],
    ['reserved', 89, 4],
  ]);
});

it('has a lane for every robot, and for a type somebody waits for', () => {
  const waiting = { ...use, bookingId: 'b2', deploymentId: null, kind: 'queued' as const, endsAt: null };
  const busy = [{ deploymentId: misty, spans: [{ from: now - 20 * HOUR, to: now - 19 * HOUR }] }];
  const lanes = lanesOf({ uses: [waiting], busy }, [deployment()], { edges: axisOf(sixHours, now), now });
  expect(lanes.map(({ name, bars }) => [name, bars.length])).toEqual([
    ['fixed_misty2 82051afa', 0],
    ['Any fixed_misty2', 1],
  ]);
});

it('ends where a chosen range ends', () => {
  const edges = { from: now - 20 * HOUR, to: now - 10 * HOUR };
  expect(axisOf({ live: false, ...edges }, now)).toEqual(edges);
  const [lane] = lanesOf({ uses: [use], busy: [] }, [deployment()], { edges, now });
  expect(lane?.bars).toEqual([]);
});
