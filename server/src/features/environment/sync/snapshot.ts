import type {
  CycleContainer,
  CycleDomain,
  CycleEnvironment,
  CycleHub,
  CycleInstance,
  CycleIp,
  CycleNetwork,
  CycleServer,
  CycleService,
  CycleVirtualMachine,
} from '../../../upstream/cycle/types.ts';

/** Null: the instance did not exist before, or is gone. */
export type InstanceChange = { before: CycleInstance | null; after: CycleInstance | null };

/** Since when the last recorded health and readiness of an instance are as they are. */
export type KnownChecks = ReadonlyMap<string, { health?: KnownCheck; ready?: KnownCheck }>;
type KnownCheck = { value: string; since: string };

export type SnapshotChange = {
  part: Resource;
  instances?: InstanceChange[];
  containers?: ContainerChange[];
};
export type ContainerChange = { before: CycleContainer | null; after: CycleContainer | null };

type Held = {
  environment: CycleEnvironment | null;
  hub: CycleHub | null;
  server: CycleServer | null;
  /** By id; includes the containers of environment services. */
  readonly containers: ReadonlyMap<string, CycleContainer>;
  readonly instances: ReadonlyMap<string, CycleInstance>;
  services: readonly CycleService[];
  virtualMachines: readonly CycleVirtualMachine[];
  networks: readonly (CycleNetwork & { instanceIds: string[] })[];
  ips: readonly CycleIp[];
  domains: readonly CycleDomain[];
};

export type Resource = keyof Held;

export type Snapshot = Held & {
  ownContainerId: string | null;
};

const nothingRead = (): Held => ({
  environment: null,
  hub: null,
  server: null,
  containers: new Map(),
  instances: new Map(),
  services: [],
  virtualMachines: [],
  networks: [],
  ips: [],
  domains: [],
});

export const resources = Object.keys(nothingRead()) as readonly Resource[];

export type SnapshotStore = {
  readonly snapshot: Snapshot;
  set<K extends Exclude<Resource, 'containers' | 'instances' | 'services'>>(key: K, value: Snapshot[K]): void;
  setContainers(list: readonly CycleContainer[]): void;
  setServices(list: readonly CycleService[]): void;
  /** `startedAt`: a container re-read since then keeps its newer instances. */
  setInstances(list: readonly CycleInstance[], startedAt: number): void;
  setContainerInstances(containerId: string, list: readonly CycleInstance[], startedAt: number): void;
  /** For instances that are read for the first time. */
  know(checks: KnownChecks): void;
};

export function createSnapshotStore(onChange: (change: SnapshotChange) => void): SnapshotStore {
  const containers = new Map<string, CycleContainer>();
  const instances = new Map<string, CycleInstance>();
  let listed = new Map<string, CycleContainer>();
  /** Ids in the environment's list; the others come from the services list only. */
  let listedInstances = new Set<string>();
  const readAlone = new Map<string, number>();
  let known: KnownChecks = new Map();
  const snapshot: Snapshot = { ...nothingRead(), containers, instances, ownContainerId: null };

  const mergeContainers = (): void => {
    const merged = new Map(listed);
    const disabled = snapshot.environment?.disabledServices ?? [];
    for (const { service, container } of snapshot.services) {
      const known = merged.get(container.id) ?? container;
      const isDisabled = disabled.includes(service);
      if (known.service === null || isDisabled)
        merged.set(container.id, { ...known, service: known.service ?? service, isDisabled });
      else merged.set(container.id, known);
    }
    const changes = replaceAll(containers, merged);
    if (changes.length > 0) onChange({ part: 'containers', containers: changes });
  };

  const applyInstances = (next: Map<string, CycleInstance>, within: (it: CycleInstance) => boolean): void => {
    const changes: InstanceChange[] = [];
    for (const before of instances.values()) {
      if (within(before) && !next.has(before.id)) changes.push({ before, after: null });
    }
    for (const read of next.values()) {
      const before = instances.get(read.id) ?? null;
      const after = before === null ? withKnownSince(read, known) : withKeptSince(before, read);
      if (before === null || !sameInstance(before, after)) changes.push({ before, after });
    }
    for (const { before, after } of changes) {
      if (after !== null) instances.set(after.id, after);
      else if (before !== null) instances.delete(before.id);
    }
    if (changes.length > 0) onChange({ part: 'instances', instances: changes });
  };

  const fromServices = (next: Map<string, CycleInstance>): void => {
    for (const { instances: own } of snapshot.services) {
      for (const each of own) {
        if (next.has(each.id) || listedInstances.has(each.id)) continue;
        next.set(each.id, each);
      }
    }
  };

  return {
    snapshot,
    know: (checks) => void (known = checks),
    set(key, value) {
      if (JSON.stringify(snapshot[key]) === JSON.stringify(value)) return;
      snapshot[key] = value;
      onChange({ part: key });
      if (key === 'environment') mergeContainers();
    },
    setContainers(list) {
      listed = new Map(list.map((each) => [each.id, each]));
      mergeContainers();
    },
    setServices(list) {
      const changed = JSON.stringify(snapshot.services) !== JSON.stringify(list);
      if (!changed) return;
      const gone = new Set(snapshot.services.flatMap((each) => each.instances.map((one) => one.id)));
      snapshot.services = list;
      mergeContainers();
      const next = new Map<string, CycleInstance>();
      fromServices(next);
      applyInstances(next, (it) => gone.has(it.id) && !listedInstances.has(it.id));
      onChange({ part: 'services' });
    },
    setInstances(list, startedAt) {
      const newer = new Set<string>();
      for (const [id, at] of readAlone) {
        if (at > startedAt) newer.add(id);
        else readAlone.delete(id);
      }
      const next = new Map<string, CycleInstance>();
      const ids = new Set<string>();
      for (const each of list) {
        if (newer.has(each.containerId)) continue;
        next.set(each.id, each);
        ids.add(each.id);
      }
      for (const id of listedInstances) {
        const kept = instances.get(id);
        if (kept !== undefined && newer.has(kept.containerId)) ids.add(id);
      }
      listedInstances = ids;
      fromServices(next);
      applyInstances(next, (it) => !newer.has(it.containerId));
    },
    setContainerInstances(containerId, list, startedAt) {
      readAlone.set(containerId, startedAt);
      const next = new Map<string, CycleInstance>();
      for (const each of list) {
        if (each.containerId !== containerId) continue;
        next.set(each.id, each);
        listedInstances.add(each.id);
      }
      for (const [id, each] of instances) {
        if (each.containerId === containerId && !next.has(id)) listedInstances.delete(id);
      }
      applyInstances(next, (it) => it.containerId === containerId);
    },
  };
}

function replaceAll(into: Map<string, CycleContainer>, next: Map<string, CycleContainer>): ContainerChange[] {
  const changes: ContainerChange[] = [];
  for (const [id, before] of into) {
    if (next.has(id)) continue;
    into.delete(id);
    changes.push({ before, after: null });
  }
  for (const [id, after] of next) {
    const before = into.get(id) ?? null;
    if (before !== null && JSON.stringify(before) === JSON.stringify(after)) continue;
    into.set(id, after);
    changes.push({ before, after });
  }
  return changes;
}

/**
 * `updated` of health and readiness may move with every check (the spec only names it), so the first time it was seen
 * with a value is when that value began.
 */
function withKeptSince(before: CycleInstance, after: CycleInstance): CycleInstance {
  const { healthSince, healthAtLeast, readySince, readyAtLeast } = before;
  return {
    ...after,
    ...(before.health === after.health && { healthSince, healthAtLeast }),
    ...(before.ready === after.ready && { readySince, readyAtLeast }),
  };
}

/** What was made just now began to be healthy just now. */
const NEW_FOR_MS = 10 * 60_000;

function withKnownSince(read: CycleInstance, known: KnownChecks): CycleInstance {
  const { health, ready } = known.get(read.id) ?? {};
  const isNew = read.createdAt !== null && Date.now() - Date.parse(read.createdAt) < NEW_FOR_MS;
  const told = { ...read };
  if (health?.value === read.health) told.healthSince = health.since;
  else if (!isNew) told.healthAtLeast = true;
  if (read.ready !== null && ready?.value === readinessWord(read.ready)) told.readySince = ready.since;
  else if (!isNew) told.readyAtLeast = true;
  return told;
}

export const readinessWord = (ready: boolean | null): string =>
  ready === null ? 'unknown' : ready ? 'ready' : 'not ready';

/** Field by field for speed: this runs ten thousand times per full read. */
function sameInstance(a: CycleInstance, b: CycleInstance): boolean {
  return (
    a.state.current === b.state.current &&
    a.state.changed === b.state.changed &&
    a.state.error === b.state.error &&
    a.health === b.health &&
    a.healthSince === b.healthSince &&
    a.healthAtLeast === b.healthAtLeast &&
    a.ready === b.ready &&
    a.readySince === b.readySince &&
    a.readyAtLeast === b.readyAtLeast &&
    a.readyState === b.readyState &&
    a.serverId === b.serverId &&
    a.locationId === b.locationId &&
    a.containerId === b.containerId &&
    a.environmentId === b.environmentId &&
    a.provider.vendor === b.provider.vendor &&
    a.provider.location === b.provider.location &&
    a.hostname === b.hostname &&
    a.privateIp === b.privateIp &&
    a.macAddress === b.macAddress &&
    a.service === b.service &&
    a.isFunction === b.isFunction &&
    a.deployment === b.deployment &&
    a.migratingTo === b.migratingTo &&
    a.purgeAt === b.purgeAt &&
    a.createdAt === b.createdAt &&
    a.startedAt === b.startedAt
  );
}
