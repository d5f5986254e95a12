import type { FunctionPool } from '../world/function-pool.ts';
import type { InstanceStates } from '../world/instance-states.ts';
import type { ObjectCache } from '../world/object-cache.ts';
import type { Power } from '../world/power.ts';
import type { Received } from '../world/received.ts';
import type { World } from '../world/world.ts';

export type CycleParts = {
  world: World;
  states: InstanceStates;
  pool: FunctionPool;
  cache: ObjectCache;
  received: Received;
  power: Power;
};

export type CycleCall = { query: URLSearchParams; authorization: string | undefined; body: unknown };
