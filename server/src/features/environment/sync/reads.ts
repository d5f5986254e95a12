import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import { readDomains } from './domains.ts';
import type { Resource, SnapshotStore } from './snapshot.ts';

/** From this many instances on, a change re-reads its container's instances, not all. */
const LARGE_ENVIRONMENT = 500;
/** Containers read per round in a large environment; with four rounds a second at most 20 small reads a second. */
const CONTAINERS_PER_ROUND = 5;
/** Above this, a network's instances are not listed one by one. */
const NETWORK_INSTANCES_LIMIT = 1_000;
/** The environment is one small object, so a slower answer counts as none. */
const ENVIRONMENT_TIMEOUT_MS = 4_000;
/** Lists of an environment that is not large. */
const SMALL_LIST_TIMEOUT_MS = 6_000;

export type Reads = Record<Resource, () => Promise<void>> & {
  /** The next read of instances reads this container's; all where the environment is not large. */
  markContainer(id: string): void;
  /** The next read of instances reads all. */
  markAllInstances(): void;
  /** A large environment's lists are not read without cause; unknown counts as large. */
  readonly large: boolean;
};

type Options = {
  client: CycleClient;
  store: SnapshotStore;
  clock: Clock;
  /** Requests another read: of containers when one is gone, of instances when some are left to read. */
  ask: (resource: 'containers' | 'instances') => void;
};

export function createReads({ client, store, clock, ask }: Options): Reads {
  const { snapshot } = store;
  const dirty = new Set<string>();
  let readAllInstances = true;

  const isLarge = (): boolean => snapshot.instances.size === 0 || snapshot.instances.size > LARGE_ENVIRONMENT;
  const patience = () => (isLarge() ? {} : { timeoutMs: SMALL_LIST_TIMEOUT_MS });

  const readInstances = async (): Promise<void> => {
    const partial = !readAllInstances && snapshot.instances.size > LARGE_ENVIRONMENT;
    if (partial) return await readDirtyContainers();
    readAllInstances = false;
    dirty.clear();
    const startedAt = clock.now();
    try {
      store.setInstances(await client.instances(patience()), startedAt);
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
      else if (isGone(outcome.reason)) ask('containers');
      else {
        dirty.add(id);
        failure = outcome.reason;
      }
    }
    if (failure !== null) throw failure as Error;
    if (dirty.size > 0) ask('instances');
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

  /** The dashboard's own container may need another scope; it only shows which instance is our own. */
  const readServer = async (): Promise<void> => {
    snapshot.ownContainerId ??= await client.ownContainer().then(
      ({ id }) => id,
      (error: unknown) => {
        if (error instanceof UpstreamError && error.fault === 'refused') return null;
        throw error;
      },
    );
    store.set('server', await client.server());
  };

  return {
    environment: async () => {
      // The first read runs beside those of all lists, so it gets more time.
      const limit = snapshot.environment === null ? {} : { timeoutMs: ENVIRONMENT_TIMEOUT_MS };
      store.set('environment', await client.environment(limit));
    },
    hub: async () => store.set('hub', await client.hub()),
    server: readServer,
    containers: async () => store.setContainers(await client.containers(patience())),
    instances: readInstances,
    services: async () => store.setServices(await client.services()),
    virtualMachines: async () =>
      store.set('virtualMachines', await client.virtualMachines(nullsFor(snapshot.virtualMachines))),
    networks: readNetworks,
    ips: async () => {
      const ips = await client.ips(nullsFor(snapshot.ips));
      store.set('ips', ownIps(ips, snapshot.environment?.id ?? null));
    },
    domains: async () => store.set('domains', await readDomains(client, snapshot)),
    markContainer: (id) => void dirty.add(id),
    markAllInstances: () => {
      readAllInstances = true;
    },
    get large() {
      return isLarge();
    },
  };
}

/** Null for a list that had items is not trusted: it would wipe what is known. */
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
