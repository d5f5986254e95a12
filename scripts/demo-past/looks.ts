import { toContainer, toInstance } from '../../server/src/upstream/cycle/to-domain.ts';
import type { CycleContainer, CycleInstance } from '../../server/src/upstream/cycle/types.ts';
import * as wire from '../../server/src/upstream/cycle/wire.ts';

/** What the internal API would have answered at `at`, without what had not changed. The first has everything. */
export type Look = { at: number; containers: unknown[]; instances: unknown[]; gone: string[] };

type Played = { at: number; containers: CycleContainer[]; instances: CycleInstance[]; isFirst: boolean };

/** Each look with all that there was at its time, in order. */
export function* played(looks: readonly Look[]): Generator<Played> {
  const containers = new Map<string, CycleContainer>();
  const instances = new Map<string, CycleInstance>();
  for (const [index, look] of looks.entries()) {
    for (const row of look.containers) keep(containers, toContainer(wire.container.parse(row)));
    for (const row of look.instances) keep(instances, toInstance(wire.instance.parse(row)));
    for (const id of look.gone) instances.delete(id);
    yield {
      at: look.at,
      containers: [...containers.values()],
      instances: [...instances.values()],
      isFirst: index === 0,
    };
  }
}

function keep<T extends { id: string }>(into: Map<string, T>, each: T): void {
  into.set(each.id, each);
}
