import type { Freshness } from '@cyclorama/shared/common.ts';

import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import { createCycleNotifications } from '../../../upstream/cycle/notifications.ts';
import { CYCLE_LABEL } from '../../../upstream/cycle/reads.ts';
import type { CycleNotification } from '../../../upstream/cycle/types.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import { explain } from '../../../upstream/http-faults.ts';
import { freshnessOf } from './freshness.ts';
import { planFor, vpnAccountsMayHaveChanged } from './notification-plan.ts';
import { forbiddenPart, gapOf } from './parts.ts';
import { createReads } from './reads.ts';
import { createRefresher, createThrottle } from './refresher.ts';
import type { Refresher } from './refresher.ts';
import { createSnapshotStore, resources } from './snapshot.ts';
import type { Resource, Snapshot, SnapshotChange, SnapshotStore } from './snapshot.ts';

/** Least time between two reads of one resource while a page is open, however many notifications arrive. */
const GAP_MS = 250;
const UNWATCHED_GAP_MS = 1_000;
const POLL_MS = 60_000;
const FIRST_READ_WITHIN_MS = 300;
const DOMAINS_GAP_MS = 30_000;
/** Polled less often, since each container needs a call of its own. */
const DOMAINS_POLL_MS = 300_000;
/** Interval of checks that the upstream still answers; with OVERDUE_MS a silent one is detected within 5 s. */
const CHECK_MS = 2_000;
/** Interval of full reads while no notifications arrive. */
const UNTOLD_POLL_MS = 4_000;
/** Nothing can be shown without these. */
const ESSENTIAL: readonly Resource[] = ['environment', 'containers', 'instances'];

export type Collector = {
  readonly snapshot: Snapshot;
  /** True once every essential part was read. */
  readonly complete: boolean;
  /** True once every part was read, or could not be. */
  readonly allAnswered: boolean;
  freshness(): Freshness;
  /** Called after each change, and with null after each settled read (the freshness may have changed). */
  onChange(listener: (change: SnapshotChange | null) => void): () => void;
  /** Reads a container's instances now, e.g. just after a task was sent. */
  refreshInstances(containerId: string): void;
  readonly notificationsConnected: boolean;
  /** Called with each notification, and with it as it came. Returns how to stop that. */
  onNotification(listener: (notification: CycleNotification, raw: unknown) => void): () => void;
  /** What was recorded before this process began. */
  know: SnapshotStore['know'];
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
  onVpnAccountsChanged: () => Promise<void>;
  pollMs?: number;
  checkMs?: number;
};

/** Three sources keep the snapshot current: a full read, notifications that name what to re-read, and a slow poll. */
export function createCollector(options: Options): Collector {
  const { client, health, clock, logger, watched, random = Math.random } = options;
  const { pollMs = POLL_MS, checkMs = CHECK_MS } = options;
  const listeners = new Set<(change: SnapshotChange | null) => void>();
  const notify = (change: SnapshotChange | null): void => {
    for (const listener of listeners) listener(change);
  };
  const store = createSnapshotStore(notify);
  const { snapshot } = store;
  const throttle = createThrottle();
  const reads = createReads({ client, store, clock, ask: (name) => refreshers[name].ask() });
  let environmentFailed = false;
  let lazyRead: NodeJS.Timeout | undefined;

  const refresherOf = (name: Resource): Refresher =>
    createRefresher({
      name,
      read: reads[name],
      clock,
      throttle,
      gapMs: () => (name === 'domains' ? DOMAINS_GAP_MS : watched() ? GAP_MS : UNWATCHED_GAP_MS),
      random,
      onOverdue: () => noteFault(name),
      onSettled: (error) => {
        if (error !== null && !(error instanceof UpstreamError))
          logger.error(
            { err: error, resource: name },
            'a read of the environment failed with an unexpected error',
          );
        // Domains are read per container, so the first list of containers triggers their first read.
        if (name === 'containers' && error === null && refreshers.domains.readAt === null)
          refreshers.domains.ask(500);
        noteFault(name);
      },
    });

  /** The list of upstreams must agree with the parts. A refusal is an answer: only that part is missing. */
  const noteFault = (name: Resource): void => {
    const { fault } = refreshers[name];
    const fails = fault instanceof UpstreamError && fault.fault !== 'refused';
    const recovered = name === 'environment' && environmentFailed && !fails;
    if (name === 'environment') environmentFailed = fails;
    health.partFails(name, fails ? explain(CYCLE_LABEL, fault) : null);
    notify(null);
    if (recovered) askAll();
  };

  const refreshers = Object.fromEntries(resources.map((name) => [name, refresherOf(name)])) as Record<
    Resource,
    Refresher
  >;

  const askAll = (delayMs = 0): void => {
    reads.markAllInstances();
    for (const name of resources) {
      if (name === 'domains') continue;
      refreshers[name].ask(delayMs);
    }
  };

  /**
   * Notifications that don't say what changed are merged into one full read, never earlier than reads already
   * requested.
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
      reads.markAllInstances();
      if (topic.startsWith('container.')) refreshers.containers.ask();
    }
    for (const id of known) reads.markContainer(id);
    if (known.some((id) => snapshot.containers.get(id)?.service !== null)) refreshers.services.ask(GAP_MS);
  };

  const heard = new Set<(notification: CycleNotification, raw: unknown) => void>();
  const onNotification = (notification: CycleNotification, raw: unknown): void => {
    for (const listener of heard) listener(notification, raw);
    if (vpnAccountsMayHaveChanged(notification, snapshot.environment?.id ?? null)) {
      options
        .onVpnAccountsChanged()
        .catch((error: unknown) =>
          logger.error({ err: error }, 'that the VPN accounts changed could not be noted'),
        );
    }
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
      notify(null);
    },
    onLost: () => {
      askAll();
      notify(null);
    },
  });

  let untoldMs = 0;
  /** Without notifications only a read shows whether the upstream still answers. */
  const check = (): void => {
    refreshers.environment.ask();
    if (!reads.large) {
      refreshers.containers.ask();
      reads.markAllInstances();
      refreshers.instances.ask();
    }
    untoldMs = notifications.connected ? 0 : untoldMs + checkMs;
    if (untoldMs < UNTOLD_POLL_MS) return;
    untoldMs = 0;
    askAll();
  };

  const gaps = (): NonNullable<Freshness['parts']> => [
    ...resources.flatMap((name) => {
      const { failingSince, fault } = refreshers[name];
      return failingSince === null ? [] : [gapOf(name, fault)];
    }),
    ...(notifications.forbidden ? [forbiddenPart('notifications')] : []),
  ];

  let polls: NodeJS.Timeout[] = [];
  return {
    snapshot,
    know: (checks) => {
      store.know(checks);
    },
    get complete() {
      return ESSENTIAL.every((name) => refreshers[name].readAt !== null);
    },
    get allAnswered() {
      return resources.every((name) => refreshers[name].readAt !== null || refreshers[name].fault !== null);
    },
    freshness: () =>
      freshnessOf(
        ESSENTIAL.map((name) => refreshers[name]),
        health.freshness(),
        gaps(),
      ),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refreshInstances(containerId) {
      reads.markContainer(containerId);
      refreshers.instances.ask();
    },
    get notificationsConnected() {
      return notifications.connected;
    },
    onNotification(listener) {
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    start() {
      notifications.start();
      // An open socket triggers a full read; this covers a socket that never opens.
      askAll(FIRST_READ_WITHIN_MS);
      polls = [
        setInterval(check, checkMs),
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
