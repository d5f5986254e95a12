import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import type { TopologyPatch } from '@cyclorama/shared/topology.ts';

export type TickBuilder = {
  add(event: ServerEvent): void;
  /** Events since the last call, oldest first. */
  take(): ServerEvent[];
};

export function createTickBuilder(): TickBuilder {
  let events = new Map<string, ServerEvent>();
  let counted = 0;
  return {
    add(event) {
      counted += 1;
      const key = keyOf(event) ?? `#${counted}`;
      const before = events.get(key);
      events.delete(key);
      events.set(key, before === undefined ? event : merge(before, event));
    },
    take() {
      const taken = [...events.values()];
      events = new Map();
      return taken;
    },
  };
}

/** Events with the same key supersede each other; null: never superseded. */
function keyOf(event: ServerEvent): string | null {
  switch (event.type) {
    case 'claim':
      return `claim ${event.claim.id}`;
    case 'claim-batch':
      return `claim-batch ${event.batch.id}`;
    case 'booking':
      return `booking ${event.booking.id}`;
    case 'task':
      return `task ${event.task.id}`;
    case 'task-batch':
      return `task-batch ${event.batch.id}`;
    case 'robot-free':
    case 'activity':
    case 'signed-out':
      return null;
    case 'hello':
    case 'heartbeat':
    case 'resync':
    case 'topology':
    case 'upstreams':
    case 'telemetry':
    case 'deployments':
    case 'object-events':
    case 'notifications':
    case 'alerts':
    case 'store':
    case 'session':
      return event.type;
    default:
      return event satisfies never;
  }
}

function merge(before: ServerEvent, after: ServerEvent): ServerEvent {
  if (before.type === 'topology' && after.type === 'topology') {
    return { type: 'topology', patch: mergePatches(before.patch, after.patch) };
  }
  if (before.type === 'deployments' && after.type === 'deployments') {
    const byId = new Map<string, RobotDeployment>();
    for (const each of [...before.deployments, ...after.deployments]) byId.set(each.id, each);
    return { type: 'deployments', deployments: [...byId.values()] };
  }
  if (before.type === 'object-events' && after.type === 'object-events') {
    const of = before.of === null || after.of === null ? null : [...new Set([...before.of, ...after.of])];
    return { type: 'object-events', of };
  }
  return after;
}

/** A patch that does not follow the other stands alone: browsers see the gap and reload. */
function mergePatches(before: TopologyPatch, after: TopologyPatch): TopologyPatch {
  if (before.epoch !== after.epoch || before.revision !== after.from) return after;
  const upsert = new Map(before.upsert.map((node) => [node.id, node]));
  const remove = new Set(before.remove);
  for (const id of after.remove) {
    upsert.delete(id);
    remove.add(id);
  }
  for (const node of after.upsert) upsert.set(node.id, node);
  return { ...after, from: before.from, upsert: [...upsert.values()], remove: [...remove] };
}
