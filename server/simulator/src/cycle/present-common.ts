import { wireTime } from '../wire-time.ts';
import type { World } from '../world/world.ts';

export function creator(world: World, byEnvironment = false): { id: string; type: string } {
  return byEnvironment
    ? { id: world.environment.id, type: 'environment' }
    : { id: world.hub.accountId, type: 'account' };
}

/** The `events` every resource has; what never happened is the zero time. */
export function lifecycle(createdAt: number, updatedAt: number): Record<string, string> {
  return { created: wireTime(createdAt), updated: wireTime(updatedAt), deleted: wireTime(null) };
}

export function stateOf(current: string, changedAt: number): { current: string; changed: string } {
  return { current, changed: wireTime(changedAt) };
}
