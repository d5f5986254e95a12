import type { Clock } from '../../../lib/clock.ts';
import type { NewObjectEvent } from '../../../store/object-events.ts';
import type { CycleEnvironment } from '../../../upstream/cycle/types.ts';
import type { Resource, Snapshot } from '../sync/snapshot.ts';
import { environmentEvents, stateEvent } from './changes.ts';

type Kind = Parameters<typeof stateEvent>[0];
type Watched = Parameters<typeof stateEvent>[2];

/** Keeps the states of the last look, since these parts' changes don't say what was before. */
export function createPartWatch(
  snapshot: Snapshot,
  clock: Clock,
): { changed(part: Resource): NewObjectEvent[] } {
  const last = new Map<string, string>();
  let lastEnvironment: CycleEnvironment | null = null;

  const compare = (kind: Kind, now: readonly Watched[]): NewObjectEvent[] =>
    now.flatMap((each) => {
      const before = last.get(each.id);
      last.set(each.id, each.state.current);
      if (before === undefined || before === each.state.current) return [];
      return [stateEvent(kind, before, each, clock.now())];
    });

  return {
    changed(part) {
      if (part === 'environment') {
        const before = lastEnvironment;
        lastEnvironment = snapshot.environment;
        return environmentEvents(before, snapshot.environment, clock.now());
      }
      if (part === 'virtualMachines') return compare('virtual-machine', snapshot.virtualMachines);
      if (part === 'domains') {
        const known = snapshot.domains.flatMap(({ id, fqdn, state }) =>
          state === null ? [] : [{ id, name: fqdn, state }],
        );
        return compare('domain', known);
      }
      if (part !== 'server' || snapshot.server === null) return [];
      const { id, nickname, hostname, state } = snapshot.server;
      return compare('server', [{ id, name: nickname ?? hostname, state }]);
    },
  };
}
