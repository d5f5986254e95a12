import type { Freshness } from '@cyclorama/shared/common.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { TopologyNode, TopologyNodeAnswer } from '@cyclorama/shared/topology.ts';

import { AppError } from '../../../lib/errors.ts';
import type { Collector } from '../sync/collector.ts';
import type { InstanceChange, Resource, SnapshotChange } from '../sync/snapshot.ts';
import { createNodeCache } from './node-cache.ts';
import type { NodeChanges } from './node-cache.ts';
import { BUILDERS } from './nodes-of.ts';
import * as present from './presenter.ts';

/** Changes are batched into at most ten patches a second. */
const TICK_MS = 100;
/** Beyond this many nodes, reloading the (compressed) topology is cheaper than a patch. */
const MAX_PATCH_NODES = 1_000;

export type Topology = {
  /** `body` serialises on each call. */
  current(): { version: string; body: () => Buffer };
  /** @throws AppError `not-found` */
  node(id: string): TopologyNodeAnswer;
  readonly revision: number;
  /** JSON of the nodes by id; null unless all was read and Cycle still answers. */
  nodes(): ReadonlyMap<string, string> | null;
  start(): void;
  stop(): void;
};

type Options = {
  collector: Pick<Collector, 'snapshot' | 'complete' | 'allAnswered' | 'onChange' | 'freshness'>;
  hub: { readonly epoch: string; publish(event: ServerEvent): void };
  tickMs?: number;
};

export function createTopology({ collector, hub, tickMs = TICK_MS }: Options): Topology {
  const { snapshot } = collector;
  const nodes = createNodeCache();
  const parts = new Set<Resource>();
  const instances = new Map<string, TopologyNode | null>();
  let placementChanged = false;
  let revision = 0;
  let publishedState = stateOf(collector.freshness());
  let timer: NodeJS.Timeout | undefined;
  let isWhole = false;
  let unsubscribe: (() => void) | undefined;

  const noteInstance = ({ before, after }: InstanceChange): void => {
    const id = after?.id ?? before?.id;
    if (id === undefined) return;
    instances.set(id, after === null ? null : present.presentInstance(after));
    if (before?.serverId !== after?.serverId || before?.locationId !== after?.locationId)
      placementChanged = true;
  };

  const collect = (): NodeChanges => {
    const changes: NodeChanges = { upsert: [], remove: [] };
    const add = ({ upsert, remove }: NodeChanges): void => {
      for (const node of upsert) changes.upsert.push(node);
      for (const id of remove) changes.remove.push(id);
    };
    if (placementChanged) {
      const { servers, locations } = present.presentPlacement(snapshot);
      add(nodes.setKind('location', locations));
      add(nodes.setKind('server', servers));
    }
    for (const part of parts) {
      const builder = BUILDERS[part];
      if (builder !== undefined) add(nodes.setKind(builder.kind, builder.build(snapshot)));
    }
    add(nodes.patch(instances));
    parts.clear();
    instances.clear();
    placementChanged = false;
    return changes;
  };

  const tick = (): void => {
    timer = undefined;
    const { upsert, remove } = collect();
    const freshness = collector.freshness();
    const freshnessChanged = stateOf(freshness) !== publishedState;
    if (upsert.length === 0 && remove.length === 0 && !freshnessChanged) return;
    publishedState = stateOf(freshness);
    const from = revision;
    revision += 1;
    if (upsert.length > MAX_PATCH_NODES) {
      hub.publish({ type: 'resync', reason: 'Most of the environment changed at once.' });
      return;
    }
    hub.publish({ type: 'topology', patch: { epoch: hub.epoch, from, revision, freshness, upsert, remove } });
  };

  const schedule = (): void => {
    timer ??= setTimeout(tick, tickMs);
  };

  const onChange = (change: SnapshotChange | null): void => {
    if (change === null) {
      if (stateOf(collector.freshness()) !== publishedState) schedule();
      return;
    }
    if (change.part === 'server') placementChanged = true;
    else if (change.part !== 'instances') parts.add(change.part);
    for (const each of change.instances ?? []) noteInstance(each);
    schedule();
  };

  return {
    node(id) {
      const text = nodes.texts.get(id);
      if (text !== undefined)
        return { freshness: collector.freshness(), node: JSON.parse(text) as TopologyNode };
      throw new AppError('not-found', 'The environment holds nothing with this id.', {
        hint: 'It may have been deleted. Read the topology for what there is.',
      });
    },
    current: () => ({
      version: `${hub.epoch}.${revision}`,
      body: () =>
        bodyOf({ revision, epoch: hub.epoch, freshness: collector.freshness() }, nodes.texts.values()),
    }),
    get revision() {
      return revision;
    },
    nodes() {
      // What is read last after a start, such as domains, must not look as if it had gone and come.
      isWhole ||= collector.complete && collector.allAnswered && timer === undefined;
      return isWhole && collector.freshness().state === 'live' ? nodes.texts : null;
    },
    start() {
      unsubscribe ??= collector.onChange(onChange);
    },
    stop() {
      unsubscribe?.();
      unsubscribe = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** What triggers a patch; `asOf` alone, which changes with every read, does not. */
function stateOf({ state, reason, parts = [] }: Freshness): string {
  return JSON.stringify([state, reason, parts]);
}

function bodyOf(head: object, texts: Iterable<string>): Buffer {
  const open = JSON.stringify(head).slice(0, -1);
  return Buffer.from(`${open},"nodes":[${[...texts].join(',')}]}`);
}
