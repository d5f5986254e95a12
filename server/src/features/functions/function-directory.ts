import type { Freshness } from '@cyclorama/shared/common.ts';

/** A function container as the environment snapshot knows it; limits are null where the container sets none. */
export type FunctionContainer = {
  containerId: string;
  name: string;
  /** False while the pool is switched off (container state other than `function`). */
  enabled: boolean;
  maxPoolSize: number | null;
  maxRuntimeSeconds: number | null;
  maxQueueTimeSeconds: number | null;
};

/** An instance as the environment snapshot knows it. */
export type FunctionInstance = {
  id: string;
  containerId: string;
  /** Upstream state: `stopped` in the pool, `starting`/`running` when spawned. */
  state: string;
  /** Permission to run; only `active` ones can be claimed. */
  readyState: string;
};

/** What this feature needs to know of the environment: kept by the environment collector, read without waiting. */
export type FunctionDirectory = {
  containers(): FunctionContainer[];
  /** Instances of function containers only. */
  instances(): FunctionInstance[];
  freshness(): Freshness;
};
