import type { FunctionPool } from '../world/function-pool.ts';
import type { InstanceStates } from '../world/instance-states.ts';
import type { ObjectCache } from '../world/object-cache.ts';
import type { Power } from '../world/power.ts';
import type { World } from '../world/world.ts';

/** What the internal API works on. */
export type CycleParts = {
  world: World;
  states: InstanceStates;
  pool: FunctionPool;
  cache: ObjectCache;
  power: Power;
};

/** One call of the internal API, its token already checked. */
export type CycleCall = { query: URLSearchParams; authorization: string | undefined; body: unknown };
