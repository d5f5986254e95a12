import type { LiveWorld } from '../live-world.ts';
import type { Rerobots } from '../rerobots/index.ts';
import { pastRuns } from './runs.ts';
import { pastTelemetry } from './telemetry.ts';

/** What the control port hands over: the upstreams keep no history, so no API of theirs has it. */
export function tellPast({ world, past }: LiveWorld, rerobots: Rerobots): object | null {
  if (past === null) return null;
  return {
    from: past.from,
    looks: past.looks,
    telemetry: pastTelemetry(world, past),
    robots: rerobots.past(),
    runs: pastRuns(world, past),
  };
}
