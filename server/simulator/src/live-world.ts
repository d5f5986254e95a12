import type { Clock } from './clock.ts';
import { hasHeadStart } from './clock.ts';
import { createIds } from './ids.ts';
import { runPast } from './past/run-past.ts';
import type { Past } from './past/run-past.ts';
import type { Random } from './random.ts';
import { buildWorld } from './scenarios/build-world.ts';
import type { ScenarioPlan } from './scenarios/plan.ts';
import { createContainerActions } from './world/container-actions.ts';
import { createFunctionPool } from './world/function-pool.ts';
import type { FunctionPool } from './world/function-pool.ts';
import type { HappenParts } from './world/happen.ts';
import { createInstanceStates } from './world/instance-states.ts';
import type { Jobs } from './world/jobs.ts';
import { createJobs } from './world/jobs.ts';
import { startLife } from './world/life.ts';
import { createMigrations } from './world/migration.ts';
import type { ObjectCache } from './world/object-cache.ts';
import { createObjectCache } from './world/object-cache.ts';
import { startOthers } from './world/others.ts';
import { createPower } from './world/power.ts';
import type { Received } from './world/received.ts';
import { createReceived } from './world/received.ts';
import { followInstances } from './world/virtual-machines.ts';
import { createBus } from './world/world.ts';

export type LiveWorld = HappenParts & {
  pool: FunctionPool;
  cache: ObjectCache;
  received: Received;
  past: Past | null;
};

/** With a head start, the world lives its past first. */
export function createLiveWorld(plan: ScenarioPlan, clock: Clock, random: Random, shards: number): LiveWorld {
  const ids = createIds(random.fork('ids'), clock.now());
  const world = buildWorld({ plan, clock, ids, random: random.fork('world') });
  const bus = createBus();
  const states = createInstanceStates(world, bus, clock, random.fork('states'));
  followInstances(world, bus, clock);
  const migrations = createMigrations(world, bus, clock, random.fork('migrations'), states);
  const jobs = createJobs(world, bus, clock, random.fork('jobs'));
  const actions = createContainerActions(world, bus, clock, states, jobs);
  const power = createPower(world, bus, clock, states);
  const pool = createFunctionPool(world, bus, clock, states, shards);
  const parts = { world, bus, states, migrations, jobs, actions, power };
  const past = hasHeadStart(clock) ? runPast({ ...parts, clock, random: random.fork('past') }) : null;
  plan.shape?.({ world, states, migrations });
  rememberJobs(world.containers.values().next().value?.id ?? world.environment.id, jobs, clock.now());
  const ofLife = random.fork('life');
  if (plan.life !== null) startLife({ ...parts, clock, random: ofLife }, plan.life);
  startOthers(plan.others, world, pool, clock, random.fork('others'));
  return { ...parts, pool, cache: createObjectCache(clock), received: createReceived(), past };
}

/** Jobs from before the start, so that the list is never empty. */
function rememberJobs(containerId: string, jobs: Jobs, now: number): void {
  const plan = (caption: string, header: string, failure?: string) => ({
    caption,
    tasks: [{ caption, header, input: { id: containerId }, steps: ['Prepare', 'Apply', 'Verify'] }],
    ...(failure === undefined ? {} : { failure }),
  });
  const hour = 3_600_000;
  jobs.remember(plan('Import image', 'image.import'), now - 26 * hour, 'completed');
  jobs.remember(
    plan('Back up volume', 'container.backup.create', 'storage refused the upload'),
    now - 9 * hour,
    'error',
  );
  jobs.remember(plan('Scale container', 'container.reconfigure'), now - 6 * hour, 'expired');
  jobs.remember(plan('Start container', 'container.start'), now - 2 * hour, 'completed');
}
