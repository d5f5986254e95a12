import { presentSnapshot } from '../cycle/present-telemetry.ts';
import type { Reply } from '../http/reply.ts';
import { data } from '../http/reply.ts';
import { wireTime } from '../wire-time.ts';
import type { Instance } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { timeIn } from './time-in.ts';

const EVERY_MS = 10_000;
/** What is asked for where no range is given, and the longest that is kept. */
const USUAL_MS = 15 * 60_000;
const KEPT_MS = 24 * 3_600_000;

/** `GET …/telemetry/resources/report`: snapshots of one instance, whichever server it runs on. */
export function reportTelemetry(world: World, instance: Instance, query: URLSearchParams): Reply {
  const now = world.clock.now();
  const end = Math.min(now, timeIn(query, 'filter[range-end]') ?? now);
  const start = timeIn(query, 'filter[range-start]') ?? end - USUAL_MS;
  const first = Math.max(start, instance.startedAt ?? now, now - KEPT_MS);
  const snapshots: unknown[] = [];
  for (let at = Math.ceil(first / EVERY_MS) * EVERY_MS; at <= end; at += EVERY_MS)
    snapshots.push(presentSnapshot(world, instance, at) ?? []);
  return data({
    request: { instance_id: instance.id, start: wireTime(start), end: wireTime(end) },
    snapshots: snapshots.flat(),
  });
}
