import type { Clock } from '../../../lib/clock.ts';
import type { NewObjectEvent } from '../../../store/object-events.ts';
import type { InstanceChange, Snapshot } from '../sync/snapshot.ts';
import { eventOf, subjectOfContainer } from './changes.ts';
import type { Processes } from './processes.ts';

/** A number is told once it has stayed for this long: instances come and go one by one. */
const SETTLE_MS = 5_000;
const LOOK_MS = 1_000;

type Moving = { from: number; since: number; changedAt: number };
type Deps = {
  snapshot: Pick<Snapshot, 'instances' | 'containers'>;
  processes: Pick<Processes, 'isDeploying' | 'explains'>;
  note: (event: NewObjectEvent) => void;
  clock: Clock;
};

/** Tells how many instances a container has now where nobody asked for another number: autoscaling, or a loss. */
export function createInstanceCounts({ snapshot, processes, note, clock }: Deps) {
  const moving = new Map<string, Moving>();
  let timer: NodeJS.Timeout | undefined;

  const totalOf = (containerId: string): number => {
    let total = 0;
    for (const it of snapshot.instances.values()) if (it.containerId === containerId) total += 1;
    return total;
  };

  const settle = (): void => {
    const now = clock.now();
    for (const [containerId, { from, since, changedAt }] of moving) {
      if (now - changedAt < SETTLE_MS || processes.isDeploying(containerId)) continue;
      moving.delete(containerId);
      const container = snapshot.containers.get(containerId);
      const total = totalOf(containerId);
      if (container === undefined || total === from || processes.explains(containerId, total, since))
        continue;
      const moved = { before: String(from), after: String(total) };
      note(
        eventOf(subjectOfContainer(container), { kind: 'scaling', outcome: 'changed', ...moved }, null, now),
      );
    }
    if (moving.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    /** Instances of functions come and go with claims, which tells nothing. */
    changed(changes: readonly InstanceChange[]): void {
      const now = clock.now();
      for (const [containerId, net] of netChanges(changes)) {
        // The snapshot has these changes already.
        const from = totalOf(containerId) - net;
        const known = moving.get(containerId);
        if (known === undefined || processes.explains(containerId, from, known.since))
          moving.set(containerId, { from, since: now - SETTLE_MS, changedAt: now });
        else known.changedAt = now;
      }
      if (moving.size > 0) timer ??= setInterval(settle, LOOK_MS);
    },
    stop: (): void => clearInterval(timer),
  };
}

/** By container, of those where any came or went. */
function netChanges(changes: readonly InstanceChange[]): Map<string, number> {
  const net = new Map<string, number>();
  for (const { before, after } of changes) {
    const it = after ?? before;
    if (it === null || it.isFunction || (before !== null && after !== null)) continue;
    net.set(it.containerId, (net.get(it.containerId) ?? 0) + (after === null ? -1 : 1));
  }
  return net;
}
