import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Instance, InstanceStateName } from './types.ts';
import type { Bus, World } from './world.ts';
import { containerOf } from './world.ts';

/** The states each action is possible in. */
const ALLOWED: Record<'start' | 'stop' | 'fail' | 'migrate', readonly InstanceStateName[]> = {
  start: ['new', 'stopped', 'failed'],
  stop: ['starting', 'running', 'failed'],
  fail: ['starting', 'running'],
  migrate: ['running'],
};

/** Actions return whether they were possible; the conductor drops impossible ones silently. */
export type InstanceStates = {
  start(instance: Instance): boolean;
  stop(instance: Instance): boolean;
  fail(instance: Instance, message: string): boolean;
  /** Resets the telemetry counters. */
  restart(instance: Instance): boolean;
  setHealthy(instance: Instance, healthy: boolean): boolean;
  /** A check with the same answer as before moves its time only. */
  checkHealth(instance: Instance): boolean;
  setReady(instance: Instance, ready: boolean): boolean;
  setDraining(instance: Instance, draining: boolean): boolean;
  allows(action: keyof typeof ALLOWED, instance: Instance): boolean;
  move(instance: Instance, state: InstanceStateName, error?: string): void;
  /** For changes other than of the state. */
  touch(instance: Instance): void;
  /** Cancelled by any change of state before that. */
  later(instance: Instance, delayMs: number, action: () => void): void;
};

export function createInstanceStates(world: World, bus: Bus, clock: Clock, random: Random): InstanceStates {
  const pending = new Map<string, () => void>();
  const between = (low: number, high: number) => random.int(low, high);

  const notify = (
    instance: Instance,
    topic: string,
    change: { state?: string; previous?: string; error?: string } = {},
  ) =>
    bus.notify({
      topic,
      id: instance.id,
      ...change,
      environmentIds: [instance.environmentId],
      containerIds: [instance.containerId],
      annotations: {
        health: healthWord(instance),
        ready: instance.readiness?.ready == null ? 'unknown' : instance.readiness.ready ? 'ready' : 'pending',
      },
    });

  const touch = (instance: Instance) => {
    instance.updatedAt = clock.now();
    instance.revision++;
  };

  const move = (instance: Instance, state: InstanceStateName, error?: string) => {
    const previous = instance.state;
    pending.get(instance.id)?.();
    pending.delete(instance.id);
    instance.state = state;
    instance.stateChangedAt = clock.now();
    instance.stateError = error === undefined ? null : { message: error, time: clock.now() };
    touch(instance);
    const change = { state, previous, ...(error === undefined ? {} : { error }) };
    notify(instance, 'container.instance.state.changed', change);
    if (error !== undefined) notify(instance, 'container.instance.error', change);
    bus.instanceMoved(instance);
  };

  const later = (instance: Instance, delayMs: number, action: () => void) => {
    pending.get(instance.id)?.();
    pending.set(
      instance.id,
      clock.after(delayMs, () => {
        pending.delete(instance.id);
        action();
      }),
    );
  };

  const allows = (action: keyof typeof ALLOWED, instance: Instance) =>
    ALLOWED[action].includes(instance.state) && (action === 'fail' || instance.readyState === 'active');

  const resetChecks = (instance: Instance) => {
    const container = containerOf(world, instance);
    const updated = clock.now();
    instance.health = container.healthCheck ? { healthy: null, updated } : null;
    instance.readiness = container.readinessCheck ? { ready: null, updated } : null;
  };

  const setReady = (instance: Instance, ready: boolean) => {
    if (!instance.readiness || instance.readiness.ready === ready) return false;
    instance.readiness = { ready, updated: clock.now() };
    touch(instance);
    notify(instance, 'container.instance.readiness.status.changed');
    return true;
  };

  const setHealthy = (instance: Instance, healthy: boolean) => {
    if (!instance.health || instance.health.healthy === healthy) return false;
    instance.health = { healthy, updated: clock.now() };
    touch(instance);
    notify(instance, 'container.instance.health.status.changed');
    return true;
  };

  const checkHealth = (instance: Instance) => {
    if (!instance.health) return false;
    instance.health = { ...instance.health, updated: clock.now() };
    touch(instance);
    return true;
  };

  const setDraining = (instance: Instance, draining: boolean) => {
    if ((instance.drainStartedAt !== null) === draining) return false;
    instance.drainStartedAt = draining ? clock.now() : null;
    touch(instance);
    notify(instance, 'container.instance.traffic-drain.reconfigured');
    return true;
  };

  const running = (instance: Instance) => {
    instance.startedAt = clock.now();
    move(instance, 'running');
    later(instance, between(1_000, 2_000), () => {
      setReady(instance, true);
      later(instance, between(1_500, 3_000), () => setHealthy(instance, true));
    });
  };

  const start = (instance: Instance) => {
    if (!allows('start', instance)) return false;
    if (world.servers.get(instance.serverId)?.power !== 'on') return false;
    resetChecks(instance);
    move(instance, 'starting');
    later(instance, between(2_000, 4_000), () =>
      instance.failsToStart
        ? move(instance, 'failed', 'instance exited with code 78 while starting')
        : running(instance),
    );
    return true;
  };

  const stopThen = (instance: Instance, next: () => void) => {
    if (!allows('stop', instance)) return false;
    move(instance, 'stopping');
    later(instance, between(1_500, 3_000), () => {
      if (instance.health) instance.health = { healthy: null, updated: clock.now() };
      if (instance.readiness) instance.readiness = { ready: null, updated: clock.now() };
      move(instance, 'stopped');
      next();
    });
    return true;
  };

  return {
    start,
    stop: (instance) => stopThen(instance, () => undefined),
    restart: (instance) => stopThen(instance, () => later(instance, 500, () => start(instance))),
    fail: (instance, message) => {
      if (!allows('fail', instance)) return false;
      if (instance.health) instance.health = { healthy: false, updated: clock.now() };
      if (instance.readiness) instance.readiness = { ready: false, updated: clock.now() };
      move(instance, 'failed', message);
      return true;
    },
    setHealthy,
    checkHealth,
    setReady,
    setDraining,
    allows,
    move,
    touch,
    later,
  };
}

function healthWord(instance: Instance): string {
  const healthy = instance.health?.healthy;
  if (healthy == null) return 'unknown';
  return healthy ? 'healthy' : 'unhealthy';
}
