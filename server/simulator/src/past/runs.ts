import { parseDuration } from '../wire-time.ts';
import type { World } from '../world/world.ts';
import { instancesOf } from '../world/world.ts';
import { PAST_MS } from './run-past.ts';
import type { Past } from './run-past.ts';

/** A function run of the dashboard's that has ended; epoch milliseconds. */
export type PastRun = {
  container: string;
  instance: string;
  claimed: number;
  from: number;
  to: number;
};

const GAP_MEAN_MS = 22 * 60_000;
/** Of the longest run allowed. */
const SHORTEST = 0.04;
const LONGEST = 0.6;

/** Runs follow each other in every container, most of them short, so that none is on an instance twice at a time. */
export function pastRuns(world: World, past: Past): PastRun[] {
  const random = past.random.fork('runs');
  const now = world.clock.now();
  const runs: PastRun[] = [];
  for (const { id, functionLimits } of world.containers.values()) {
    const instances = functionLimits ? instancesOf(world, id) : [];
    if (instances.length === 0) continue;
    const limitMs = parseDuration(functionLimits?.maxRuntime ?? '') ?? 900_000;
    let at = now - PAST_MS;
    for (;;) {
      at += random.next() * 2 * GAP_MEAN_MS;
      const from = Math.round(at + 900 + random.next() * 2_600);
      const to = Math.round(from + limitMs * (SHORTEST + (LONGEST - SHORTEST) * random.next() ** 2));
      if (to > now - 60_000) break;
      runs.push({ container: id, instance: random.pick(instances).id, claimed: Math.round(at), from, to });
      at = to;
    }
  }
  return runs;
}
