import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { Deployment, RerobotsClient } from '../../../upstream/rerobots/client.ts';
import type { Priority } from '../../../upstream/rerobots/governor.ts';
import { noFacts } from '../robot-facts.ts';
import type { RobotFacts } from '../robot-facts.ts';
import { watchOwnChanges } from './own-changes.ts';

const LIST_POLL_MS = 30_000;
/** Access rules rarely change. */
const RULES_POLL_MS = 5 * 60_000;
const LIST_UNWATCHED_POLL_MS = 5 * 60_000;
/** How often one deployment is read on its own while watched: only that says whether it is online. */
const DETAIL_POLL_MS = 2_000;
/** The same while unwatched, for the history of queue lengths. */
const DETAIL_UNWATCHED_POLL_MS = 15_000;
/** Concurrency while some were never read on their own. */
const DETAIL_CONCURRENCY = 4;
/** The list may be five minutes old at the source; a deployment's own answer is not ("rerobots API"). */
const LIST_MAX_LAG_MS = 5 * 60_000;

type Options = { client: RerobotsClient; hub: EventHub; clock: Clock; facts?: RobotFacts };

/** `at` in epoch milliseconds; `length` is null if the answer did not contain it. */
export type QueueReading = { id: string; length: number | null; at: number };

/** What a replica that does not read itself needs to know, as JSON keeps it. */
export type DeploymentsRead = {
  listed: Deployment[];
  listedAt: number;
  details: { id: string; deployment: Deployment; at: number; readAt: number | null }[];
  forbidden: string[];
};

export type DeploymentsCollector = {
  /** Sorted by type, then id. */
  all(): RobotDeployment[];
  readings(): QueueReading[];
  /** While watched, every second single read goes to one of these. */
  prefer(ids: ReadonlySet<string>): void;
  /** Pushes what differs from what was last pushed. */
  publish(): void;
  /** Resolves also if rerobots does not answer, which its health shows. */
  tick(): Promise<void>;
  /** Reads the robots whose queue a booking of ours changed; like `tick`, at most one call each. */
  readOwnChanges(): Promise<void>;
  /** Null before the first list. */
  read(): DeploymentsRead | null;
  /** Takes up what another replica read, and publishes it. */
  adopt(read: DeploymentsRead): void;
  close(): void;
};

export function createDeploymentsCollector({
  client,
  hub,
  clock,
  facts = noFacts,
}: Options): DeploymentsCollector {
  let listed: Deployment[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let rulesAt = Number.NEGATIVE_INFINITY;
  let forbidden: ReadonlySet<string> = new Set();
  let detailAt = Number.NEGATIVE_INFINITY;
  /** `at`: when the last read began; `readAt`: when the last successful one did. */
  const details = new Map<string, { deployment: Deployment; at: number; readAt: number }>();
  let preferred: ReadonlySet<string> = new Set();
  let preferredTurn = false;
  let published = '[]';
  const ownChanges = watchOwnChanges(hub);

  const merged = (base: Deployment): RobotDeployment => {
    const detail = details.get(base.id);
    const fresh = detail !== undefined && detail.readAt > listedAt - LIST_MAX_LAG_MS;
    const { createdAt, ...rest } = base;
    const nickname = facts.nickname(base.id);
    const wait = facts.wait(base.id);
    return {
      ...rest,
      ...(nickname === undefined ? {} : { nickname }),
      ...(wait === undefined ? {} : { wait }),
      createdAt: createdAt === null ? null : isoOf(createdAt),
      queueLength: fresh ? detail.deployment.queueLength : base.queueLength,
      instancesSoFar: (fresh ? detail.deployment.instancesSoFar : null) ?? base.instancesSoFar,
      online: detail?.deployment.online ?? base.online,
      lockedOut: detail?.deployment.lockedOut ?? base.lockedOut,
      ...(forbidden.has(base.id) ? { notPermitted: true } : {}),
    };
  };
  const all = (): RobotDeployment[] =>
    listed.map(merged).toSorted((a, b) => a.type.localeCompare(b.type) || a.id.localeCompare(b.id));

  const readings = (): QueueReading[] =>
    listed.map(({ id, queueLength }) => {
      const detail = details.get(id);
      return detail !== undefined && detail.readAt > listedAt - LIST_MAX_LAG_MS
        ? { id, length: detail.deployment.queueLength, at: detail.readAt }
        : { id, length: queueLength, at: listedAt };
    });

  const publish = (): void => {
    const deployments = all();
    const text = JSON.stringify(deployments);
    if (text === published) return;
    published = text;
    hub.publish({ type: 'deployments', deployments });
  };

  const readList = async (): Promise<void> => {
    triedAt = clock.now();
    listed = await client.deployments();
    listedAt = clock.now();
    const ids = new Set(listed.map((one) => one.id));
    for (const id of details.keys()) if (!ids.has(id)) details.delete(id);
  };

  /** A service without this route has no rules to tell: what is not permitted shows when it is tried. */
  const readRules = async (): Promise<void> => {
    rulesAt = clock.now();
    try {
      forbidden = await client.forbiddenDeployments();
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.fault !== 'refused') throw error;
    }
  };

  const readDetail = async (id: string, priority: Priority = 'background'): Promise<void> => {
    const before = details.get(id);
    const deploymentBefore = before?.deployment ?? listed.find((one) => one.id === id);
    const at = clock.now();
    // A failed read counts as a turn, or one broken deployment would block all others.
    if (deploymentBefore) {
      const readAt = before?.readAt ?? Number.NEGATIVE_INFINITY;
      details.set(id, { deployment: deploymentBefore, at, readAt });
    }
    const deployment = await client.deployment(id, priority);
    if (deployment) details.set(id, { deployment, at, readAt: at });
  };

  /** Publishes what was read; a failure is in the upstream's health, and the last good list stays. */
  const reading = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
    }
    publish();
  };

  const detailsDue = (watched: boolean): string[] => {
    const unread = listed.filter((one) => !details.has(one.id));
    if (unread.length > 0) return unread.slice(0, DETAIL_CONCURRENCY).map((one) => one.id);
    if (clock.now() - detailAt < (watched ? DETAIL_POLL_MS : DETAIL_UNWATCHED_POLL_MS)) return [];
    const turnOf = (id: string): number => details.get(id)?.at ?? 0;
    preferredTurn = !preferredTurn;
    const first = preferredTurn ? listed.filter((one) => preferred.has(one.id)) : [];
    return (first.length > 0 ? first : listed)
      .toSorted((a, b) => turnOf(a.id) - turnOf(b.id))
      .slice(0, 1)
      .map((one) => one.id);
  };

  return {
    all,
    readings,
    publish,
    prefer: (ids) => {
      preferred = ids;
    },
    async tick() {
      if (!client.configured) return;
      const now = clock.now();
      const watched = hub.watchers > 0;
      const listDue = now - triedAt >= (watched ? LIST_POLL_MS : LIST_UNWATCHED_POLL_MS);
      await reading(async () => {
        if (listDue && client.hasRoom()) await readList();
        if (now - rulesAt >= RULES_POLL_MS && client.hasRoom()) await readRules();
        const due = detailsDue(watched);
        if (due.length === 0 || !client.hasRoom()) return;
        detailAt = now;
        await Promise.all(due.map((id) => readDetail(id)));
      });
    },
    async readOwnChanges() {
      const ids = ownChanges.take().filter((id) => listed.some((one) => one.id === id));
      if (ids.length === 0) return;
      await reading(() => Promise.all(ids.map((id) => readDetail(id, 'follow'))));
    },
    read: () =>
      Number.isFinite(listedAt)
        ? {
            listed,
            listedAt,
            details: [...details].map(([id, detail]) => ({ id, ...detail })),
            forbidden: [...forbidden],
          }
        : null,
    adopt(read) {
      ({ listed, listedAt } = read);
      // Whoever leads next goes on from here.
      triedAt = Math.max(triedAt, listedAt);
      rulesAt = Math.max(rulesAt, listedAt);
      forbidden = new Set(read.forbidden);
      details.clear();
      for (const { id, deployment, at, readAt } of read.details)
        details.set(id, { deployment, at, readAt: readAt ?? Number.NEGATIVE_INFINITY });
      publish();
    },
    close: () => ownChanges.close(),
  };
}
