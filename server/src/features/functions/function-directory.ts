import type { Freshness } from '@cyclorama/shared/common.ts';

export type FunctionContainer = {
  containerId: string;
  name: string;
  /** False in any container state other than `function`. */
  enabled: boolean;
  maxPoolSize: number | null;
  maxRuntimeSeconds: number | null;
  maxQueueTimeSeconds: number | null;
};

export type FunctionInstance = {
  id: string;
  containerId: string;
  /** Upstream state: `stopped` in the pool, `starting`/`running` when spawned. */
  state: string;
  /** Permission to run; only `active` ones can be claimed. */
  readyState: string;
};

export type FunctionDirectory = {
  containers(): FunctionContainer[];
  /** Instances of function containers only. */
  instances(): FunctionInstance[];
  freshness(): Freshness;
};
