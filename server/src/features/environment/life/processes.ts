import type { Clock } from '../../../lib/clock.ts';
import type { EventEnd, NewObjectEvent } from '../../../store/object-events.ts';
import type { Snapshot } from '../sync/snapshot.ts';

const kinds = ['deployment', 'scaling', 'migration'] as const;
type Kind = (typeof kinds)[number];
type Process = { kind: Kind; objectId: string; after: string | null };
type End = Pick<EventEnd, 'outcome' | 'detail'>;

const OVERTAKEN: Record<Kind, string> = {
  deployment: 'Another deployment began before it was done.',
  scaling: 'Another number of instances was asked for before it was reached.',
  migration: 'It was sent to another server before it arrived.',
};
const DONE: End = { outcome: 'done', detail: null };

type Deps = {
  snapshot: Pick<Snapshot, 'instances' | 'containers'>;
  end: (end: EventEnd) => void;
  clock: Clock;
};

/** Follows what takes time and isn't a task, so that its start and its end are one event. */
export function createProcesses({ snapshot, end, clock }: Deps) {
  const open = new Map<string, Process>();
  const scaled = new Map<string, { to: string | null; at: number }>();

  const finish = ({ kind, objectId, after }: Process, how: End): void => {
    open.delete(`${kind} ${objectId}`);
    if (kind === 'scaling') scaled.set(objectId, { to: after, at: clock.now() });
    end({ of: { object_id: objectId, kind, value_after: after }, ended_at: clock.now(), ...how });
  };

  /** Per container: how many instances it has, and whether all have the version and none is on its way. */
  const count = (): Map<string, { total: number; versions: Set<string | null>; moving: boolean }> => {
    const counts = new Map<string, { total: number; versions: Set<string | null>; moving: boolean }>();
    for (const { kind, objectId } of open.values())
      if (kind !== 'migration') counts.set(objectId, { total: 0, versions: new Set(), moving: false });
    if (counts.size === 0) return counts;
    for (const { containerId, deployment, state } of snapshot.instances.values()) {
      const counted = counts.get(containerId);
      if (counted === undefined) continue;
      counted.total += 1;
      counted.versions.add(deployment);
      counted.moving ||= ['starting', 'stopping'].includes(state.current);
    }
    return counts;
  };

  const endOf = (process: Process, counts: ReturnType<typeof count>): End | null => {
    const { kind, objectId, after } = process;
    if (kind === 'migration') {
      const it = snapshot.instances.get(objectId);
      // A new instance takes over on the other server, and this one goes.
      if (it === undefined || it.state.current === 'deleting') return DONE;
      if (it.migratingTo !== null) return null;
      return it.serverId === after ? DONE : { outcome: 'changed', detail: 'It stayed on its server.' };
    }
    if (!snapshot.containers.has(objectId))
      return { outcome: 'changed', detail: 'The container was deleted.' };
    const counted = counts.get(objectId);
    if (counted === undefined) return null;
    if (kind === 'scaling') return String(counted.total) === after ? DONE : null;
    return !counted.moving && [...counted.versions].every((version) => version === after) ? DONE : null;
  };

  const adopt = (event: Pick<NewObjectEvent, 'kind' | 'object_id' | 'value_after'>): void => {
    const kind = kinds.find((each) => each === event.kind);
    if (kind === undefined) return;
    const process = { kind, objectId: event.object_id, after: event.value_after ?? null };
    const before = open.get(`${kind} ${process.objectId}`);
    if (before !== undefined && before.after !== process.after)
      finish(before, { outcome: 'changed', detail: OVERTAKEN[kind] });
    open.set(`${kind} ${process.objectId}`, process);
  };

  return {
    /** Of what began now, or before this process did. */
    adopt,
    /** Ends what is over by now. */
    look(): void {
      if (open.size === 0) return;
      const counts = count();
      for (const process of open.values()) {
        const how = endOf(process, counts);
        if (how !== null) finish(process, how);
      }
    },
    isDeploying: (containerId: string): boolean => open.has(`deployment ${containerId}`),
    /** Whether somebody asked for this number since then. */
    explains(containerId: string, total: number, since: number): boolean {
      if (open.has(`scaling ${containerId}`)) return true;
      const last = scaled.get(containerId);
      return last !== undefined && last.at >= since && last.to === String(total);
    },
  };
}

export type Processes = ReturnType<typeof createProcesses>;
