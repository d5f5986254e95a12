import type { Clock } from '../clock.ts';
import { parseDuration } from '../wire-time.ts';
import type { InstanceStates } from './instance-states.ts';
import type { Container, Instance } from './types.ts';
import type { Bus, World } from './world.ts';
import { instancesOf } from './world.ts';

/** A claim that is not spawned within this time goes back to the pool (Cycle scheduler API docs). */
export const CLAIM_LIFETIME_MS = 10_000;

export type Lease = {
  readonly instance: Instance;
  readonly token: string;
  readonly shard: number;
  readonly claimedAt: number;
  phase: 'claimed' | 'spawned';
  cancel: () => void;
};

export type ClaimOutcome = Lease | 'not-available';
export type LeaseProblem = 'unknown' | 'mismatch' | 'invalid-state';

/**
 * The pools of the function containers, as the scheduler's shards see them: each shard holds its own share of every
 * pool, and a claim lives in the shard that gave it.
 */
export type FunctionPool = {
  readonly shards: number;
  shardOf(instance: Instance): number;
  /**
   * Calls `done` at once when an instance is idle, else within the container's `max_queue_time`. The returned function
   * leaves the queue.
   */
  claim(
    shard: number,
    container: Container,
    token: string,
    done: (outcome: ClaimOutcome) => void,
  ): () => void;
  spawn(shard: number, containerId: string, instanceId: string, token: string): Lease | LeaseProblem;
  release(shard: number, containerId: string, instanceId: string, token: string): Lease | LeaseProblem;
  active(shard: number, containerId: string): Instance[];
  idle(shard: number, containerId: string): number;
  /** Starts without a claim, under the conductor task's token. */
  adopt(instance: Instance, token: string): boolean;
  leases(): Lease[];
};

type Waiting = { shard: number; container: Container; token: string; give: (lease: Lease) => void };

export function createFunctionPool(
  world: World,
  bus: Bus,
  clock: Clock,
  states: InstanceStates,
  shards: number,
): FunctionPool {
  const leases = new Map<string, Lease>();
  let queue: Waiting[] = [];
  const shardOf = (instance: Instance) => (instance.index - 1) % shards;

  const drop = (lease: Lease) => {
    lease.cancel();
    leases.delete(lease.instance.id);
  };

  const isIdle = (instance: Instance) => !leases.has(instance.id) && states.allows('start', instance);
  const idleOf = (shard: number, containerId: string) =>
    instancesOf(world, containerId).filter((instance) => shardOf(instance) === shard && isIdle(instance));
  const inUse = (shard: number, containerId: string) =>
    [...leases.values()].filter(
      (lease) => lease.shard === shard && lease.instance.containerId === containerId,
    );

  const take = (shard: number, container: Container, token: string): Lease | undefined => {
    const concurrency = container.functionLimits?.maxShardConcurrency ?? Infinity;
    if (inUse(shard, container.id).length >= concurrency) return undefined;
    const instance = idleOf(shard, container.id)[0];
    if (!instance) return undefined;
    const lease: Lease = {
      instance,
      token,
      shard,
      claimedAt: clock.now(),
      phase: 'claimed',
      cancel: () => undefined,
    };
    lease.cancel = clock.after(CLAIM_LIFETIME_MS, () => {
      drop(lease);
      serveQueue();
    });
    leases.set(instance.id, lease);
    return lease;
  };

  const serveQueue = () => {
    for (const waiting of queue) {
      const lease = take(waiting.shard, waiting.container, waiting.token);
      if (lease) waiting.give(lease);
    }
  };

  const begin = (lease: Lease) => {
    lease.cancel();
    lease.phase = 'spawned';
    const limit = world.containers.get(lease.instance.containerId)?.functionLimits?.maxRuntime;
    const limitMs = limit ? parseDuration(limit) : undefined;
    lease.cancel = limitMs === undefined ? () => undefined : clock.after(limitMs, () => end(lease));
    states.start(lease.instance);
  };

  const end = (lease: Lease) => {
    drop(lease);
    states.stop(lease.instance);
  };

  const find = (
    shard: number,
    containerId: string,
    instanceId: string,
    token: string,
  ): Lease | LeaseProblem => {
    const lease = leases.get(instanceId);
    if (!lease || lease.shard !== shard || lease.instance.containerId !== containerId) return 'unknown';
    return lease.token === token ? lease : 'mismatch';
  };

  bus.onInstanceMoved((instance) => {
    const lease = leases.get(instance.id);
    if (lease?.phase === 'spawned' && !['starting', 'running'].includes(instance.state)) drop(lease);
    if (instance.functionSeed !== null && instance.state === 'stopped') serveQueue();
  });

  const claim: FunctionPool['claim'] = (shard, container, token, done) => {
    const now = take(shard, container, token);
    if (now) {
      done(now);
      return () => undefined;
    }
    const leave = () => {
      queue = queue.filter((other) => other !== waiting);
      cancel();
    };
    const give = (outcome: ClaimOutcome) => {
      leave();
      done(outcome);
    };
    const waiting: Waiting = { shard, container, token, give };
    const patience = parseDuration(container.functionLimits?.maxQueueTime ?? '0s') ?? 0;
    const cancel = clock.after(patience, () => give('not-available'));
    queue.push(waiting);
    return leave;
  };

  return {
    shards,
    shardOf,
    claim,
    spawn(shard, containerId, instanceId, token) {
      const lease = find(shard, containerId, instanceId, token);
      if (typeof lease === 'string') return lease;
      if (lease.phase === 'spawned') return 'invalid-state';
      begin(lease);
      return lease;
    },
    release(shard, containerId, instanceId, token) {
      const lease = find(shard, containerId, instanceId, token);
      if (typeof lease === 'string') return lease;
      if (lease.phase === 'spawned') end(lease);
      else {
        drop(lease);
        serveQueue();
      }
      return lease;
    },
    active: (shard, containerId) =>
      inUse(shard, containerId)
        .filter((lease) => lease.phase === 'spawned')
        .map((lease) => lease.instance),
    idle: (shard, containerId) => idleOf(shard, containerId).length,
    adopt(instance, token) {
      if (!isIdle(instance)) return false;
      const lease: Lease = {
        instance,
        token,
        shard: shardOf(instance),
        claimedAt: clock.now(),
        phase: 'claimed',
        cancel: () => undefined,
      };
      leases.set(instance.id, lease);
      begin(lease);
      return true;
    },
    leases: () => [...leases.values()],
  };
}
