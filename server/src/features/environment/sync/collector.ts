import type { Freshness } from '@cyclorama/shared/common.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import { createCycleNotifications } from '../../../upstream/cycle/notifications.ts';
import type { CycleNotification } from '../../../upstream/cycle/types.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import { readDomains } from './domains.ts';
import { freshnessOf } from './freshness.ts';
import { planFor } from './notification-plan.ts';
import { createRefresher, createThrottle } from './refresher.ts';
import type { Refresher } from './refresher.ts';
import { createSnapshotStore, resources } from './snapshot.ts';
import type { Resource, Snapshot, SnapshotChange } from './snapshot.ts';

/** Least time between two reads of one resource while a page is open, however many notifications arrive. */
const GAP_MS = 250;
const UNWATCHED_GAP_MS = 1_000;
const POLL_MS = 60_000;
const FIRST_READ_WITHIN_MS = 300;
const DOMAINS_GAP_MS = 30_000;
/** Polled less often, since each container needs a call of its own. */
const DOMAINS_POLL_MS = 300_000;
/** From this many instances on, a change re-reads its container's instances, not all. */
const LARGE_ENVIRONMENT = 500;
/** Containers read per round in a large environment; with GAP_MS at most 20 small reads a second. */
const CONTAINERS_PER_ROUND = 5;
/** Above this, a network's instances are not listed one by one. */
const NETWORK_INSTANCES_LIMIT = 1_000;
/** Nothing can be shown without these. */
const ESSENTIAL: readonly Resource[] = ['environment', 'containers', 'instances'];

export type Collector = {
  readonly snapshot: Snapshot;
  /** True once every essential part was read. */
  readonly complete: boolean;
  freshness(): Freshness;
  /** Called after each change, and with null after each settled read (the freshness may have changed). */
  onChange(listener: (change: SnapshotChange | null) => void): () => void;
  /** Reads a container's instances now, e.g. just after a task was sent. */
  refreshInstances(containerId: string): void;
  readonly notificationsConnected: boolean;
  start(): void;
  stop(): Promise<void>;
};

type Options = {
  client: CycleClient;
  health: UpstreamHealth;
  socketPath: string;
  token: string;
  clock: Clock;
  logger: Logger;
  /** True while any page is open. */
  watched: () => boolean;
  random?: () => number;
  pollMs?: number;
};

/** Three sources keep the snapshot current: a full read, notifications that name what to re-read, and a slow poll. */
export function createCollector(options: Options): Collector {
  const { client, health, clock, logger, watched, random = Math.random, pollMs = POLL_MS } = options;
  const listeners = new Set<(change: SnapshotChange | null) => void>();
  const notify = (change: SnapshotChange | null): void => {
    for (const listener of listeners) listener(change);
  };
  const store = createSnapshotStore(notify);
  const { snapshot } = store;
  const throttle = createThrottle();
  const dirty = new Set<string>();
  let readAllInstances = true;
  let lazyRead: NodeJS.Timeout | undefined;

  const readInstances = async (): Promise<void> => {
    const partial = !readAllInstances && snapshot.instances.size > LARGE_ENVIRONMENT;
    if (partial) return await readDirtyContainers();
    readAllInstances = false;
    dirty.clear();
    const startedAt = clock.now();
    try {
      store.setInstances(await client.instances(), startedAt);
    } catch (error) {
      readAllInstances = true;
      throw error;
    }
  };

  const readDirtyContainers = async (): Promise<void> => {
    const turn = [...dirty].slice(0, CONTAINERS_PER_ROUND);
    for (const id of turn) dirty.delete(id);
    const startedAt = clock.now();
    const outcomes = await Promise.allSettled(turn.map((id) => client.containerInstances(id)));
    let failure: unknown = null;
    for (const [index, outcome] of outcomes.entries()) {
      const id = turn[index] ?? '';
      if (outcome.status === 'fulfilled') store.setContainerInstances(id, outcome.value, startedAt);
      else if (isGone(outcome.reason)) refreshers.containers.ask();
      else {
        dirty.add(id);
        failure = outcome.reason;
      }
    }
    if (failure !== null) throw failure as Error;
    if (dirty.size > 0) refreshers.instances.ask();
  };

  const readNetworks = async (): Promise<void> => {
    const networks = await client.networks(nullsFor(snapshot.networks));
    const small = networks.length > 0 && snapshot.instances.size <= NETWORK_INSTANCES_LIMIT;
    const listed = small ? await client.networkInstances() : [];
    const joined = listed.length <= NETWORK_INSTANCES_LIMIT ? listed : [];
    store.set(
      'networks',
      networks.map((network) => ({
        ...network,
        instanceIds: joined
          .filter((it) => network.environmentIds.includes(it.environmentId))
          .map((it) => it.id),
      })),
    );
  };

  const reads: Record<Resource, () => Promise<void>> = {
    environment: async () => store.set('environment', await client.environment()),
    hub: async () => store.set('hub', await client.hub()),
    server: async () => {
      snapshot.ownContainerId ??= (await client.ownContainer()).id;
      store.set('server', await client.server());
    },
    containers: async () => store.setContainers(await client.containers()),
    instances: readInstances,
    services: async () => store.setServices(await client.services()),
    virtualMachines: async () =>
      store.set('virtualMachines', await client.virtualMachines(nullsFor(snapshot.virtualMachines))),
    networks: readNetworks,
    ips: async () =>
      store.set('ips', ownIps(await client.ips(nullsFor(snapshot.ips)), snapshot.environment?.id ?? null)),
    domains: async () => store.set('domains', await readDomains(client, snapshot)),
  };

  const refresherOf = (name: Resource): Refresher =>
    createRefresher({
      name,
      read: reads[name],
      clock,
      throttle,
      gapMs: () => (name === 'domains' ? DOMAINS_GAP_MS : watched() ? GAP_MS : UNWATCHED_GAP_MS),
      random,
      onSettled: (error) => {
        if (error !== null && !(error instanceof UpstreamError))
          logger.error(
            { err: error, resource: name },
            'a read of the environment failed with an unexpected error',
          );
        // Domains are read per container, so the first list of containers triggers their first read.
        if (name === 'containers' && error === null && refreshers.domains.readAt === null)
          refreshers.domains.ask(500);
        notify(null);
      },
    });

  const refreshers = Object.fromEntries(resources.map((name) => [name, refresherOf(name)])) as Record<
    Resource,
    Refresher
  >;

  const askAll = (delayMs = 0): void => {
    readAllInstances = true;
    for (const name of resources) {
      if (name === 'domains') continue;
      refreshers[name].ask(delayMs);
    }
  };

  /**
   * Notifications that don't say what changed are merged into one full read, without hastening reads already requested.
   */
  const askAllWithin = (delayMs: number): void => {
    lazyRead ??= setTimeout(() => {
      lazyRead = undefined;
      askAll();
      refreshers.domains.ask();
    }, delayMs);
  };

  const markInstances = ({ topic, objectId, containerIds }: CycleNotification): void => {
    const fromInstance = snapshot.instances.get(objectId)?.containerId;
    const named = containerIds.length > 0 ? containerIds : fromInstance === undefined ? [] : [fromInstance];
    const known = named.filter((id) => snapshot.containers.has(id));
    if (known.length < named.length || named.length === 0) {
      readAllInstances = true;
      if (topic.startsWith('container.')) refreshers.containers.ask();
    }
    for (const id of known) dirty.add(id);
    if (known.some((id) => snapshot.containers.get(id)?.service !== null)) refreshers.services.ask(GAP_MS);
  };

  const onNotification = (notification: CycleNotification): void => {
    const plan = planFor(notification, snapshot.environment?.id ?? null);
    const { delayMs } = plan;
    if (delayMs > 0 && plan.resources.includes('instances')) return askAllWithin(delayMs);
    if (plan.resources.includes('instances')) markInstances(notification);
    for (const name of plan.resources) refreshers[name].ask(delayMs);
  };

  const notifications = createCycleNotifications({
    socketPath: options.socketPath,
    token: options.token,
    logger,
    random,
    onNotification,
    onOpen: () => {
      askAll();
      refreshers.domains.ask(5_000);
    },
  });

  let polls: NodeJS.Timeout[] = [];
  return {
    snapshot,
    get complete() {
      return ESSENTIAL.every((name) => refreshers[name].readAt !== null);
    },
    freshness: () =>
      freshnessOf(
        ESSENTIAL.map((name) => refreshers[name]),
        health.freshness(),
      ),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refreshInstances(containerId) {
      dirty.add(containerId);
      refreshers.instances.ask();
    },
    get notificationsConnected() {
      return notifications.connected;
    },
    start() {
      notifications.start();
      // An open socket triggers a full read; this covers a socket that never opens.
      askAll(FIRST_READ_WITHIN_MS);
      polls = [
        setInterval(() => askAll(random() * 1_000), pollMs),
        setInterval(() => refreshers.domains.ask(), DOMAINS_POLL_MS),
      ];
    },
    async stop() {
      for (const poll of polls) clearInterval(poll);
      clearTimeout(lazyRead);
      await notifications.stop();
      await Promise.all(resources.map((name) => refreshers[name].stop()));
    },
  };
}

/** A list that comes as null is empty where nothing was in it before; else it would wipe what is known. */
function nullsFor(known: readonly unknown[]): { nullIsEmpty: boolean } {
  return { nullIsEmpty: known.length === 0 };
}

function isGone(error: unknown): boolean {
  return error instanceof UpstreamError && error.detail.status === 404;
}

/** Addresses given to other environments of the hub are dropped. */
function ownIps<T extends { environmentId: string | null }>(ips: T[], environmentId: string | null): T[] {
  return ips.filter(
    (ip) => ip.environmentId === null || environmentId === null || ip.environmentId === environmentId,
  );
}
