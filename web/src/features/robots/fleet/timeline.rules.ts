import type { RobotTimeline, RobotUse } from '@cyclorama/shared/robot-fleet.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { edgesOf } from '../../../lib/time-range.ts';
import type { Edges, TimeSpan } from '../../../lib/time-range.ts';
import { parseTime } from '../../../lib/time.ts';
import { bookingName, deploymentName } from '../names.rules.ts';

/** Of the range, how much is ahead of now where that ends it: reservations are there. */
const AHEAD = 1 / 8;

/** A live range goes beyond now. */
export function axisOf(span: TimeSpan, now: number): Edges {
  const { from, to } = edgesOf(span, now);
  return { from, to: span.live ? Math.round(to + (to - from) * AHEAD) : to };
}

/** Places are per cent of the axis. */
export type Bar = {
  key: string;
  left: number;
  width: number;
  /** Reserved: held by now and until its time limit, or for good. */
  kind: 'held' | 'queued' | 'reserved' | 'others';
  use: RobotUse | null;
};
export type Lane = { key: string; name: string; deploymentId: string | null; bars: Bar[] };

/** A lane for each robot, and for each type that somebody waits for whichever robot comes first. */
export function lanesOf(
  { uses, busy }: Pick<RobotTimeline, 'uses' | 'busy'>,
  robots: readonly RobotDeployment[],
  { edges, now }: { edges: Edges; now: number },
): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const robot of robots)
    lanes.set(robot.id, { key: robot.id, name: deploymentName(robot), deploymentId: robot.id, bars: [] });
  for (const { deploymentId, spans } of busy)
    for (const { from, to } of spans)
      lanes.get(deploymentId)?.bars.push(barOf(edges, { from, to }, 'others', null));
  for (const use of uses) {
    const key = use.deploymentId ?? `any ${use.type}`;
    const name = use.deploymentId === null ? `Any ${use.type}` : bookingName(use);
    const lane = lanes.get(key) ?? { key, name, deploymentId: use.deploymentId, bars: [] };
    lanes.set(key, lane);
    lane.bars.push(...barsOf(use, edges, now));
  }
  return [...lanes.values()].map((lane) => ({ ...lane, bars: lane.bars.filter(({ width }) => width > 0) }));
}

function barsOf(use: RobotUse, edges: Edges, now: number): Bar[] {
  const from = parseTime(use.from) ?? edges.from;
  const bars = [barOf(edges, { from, to: parseTime(use.to) ?? now }, use.kind, use)];
  if (use.kind === 'held' && use.to === null)
    bars.push(barOf(edges, { from: now, to: parseTime(use.endsAt) ?? edges.to }, 'reserved', use));
  return bars;
}

/** Thinner bars can't be seen or met. */
const NARROWEST = 0.3;

function barOf(edges: Edges, { from, to }: Edges, kind: Bar['kind'], use: RobotUse | null): Bar {
  const at = (time: number) => (100 * (time - edges.from)) / (edges.to - edges.from);
  const left = Math.max(0, at(from));
  const right = Math.min(100, at(to));
  const width = right <= left ? 0 : Math.min(100 - left, Math.max(NARROWEST, right - left));
  return { key: `${kind} ${use?.bookingId ?? ''} ${from}`, left, width, kind, use };
}

/** Everybody's in the order of names, so that each keeps a colour while bookings come and go. */
export function peopleOf(uses: readonly RobotUse[]): string[] {
  return [...new Set(uses.flatMap(({ owner }) => owner ?? []))].toSorted((a, b) => a.localeCompare(b, 'en'));
}
