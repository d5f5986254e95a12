import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { Deployment, RerobotsClient } from '../../../upstream/rerobots/client.ts';

const LIST_EVERY_MS = 30_000;
const LIST_UNWATCHED_MS = 5 * 60_000;
/** One deployment is read on its own this often while anyone watches: only that tells whether it is online. */
const DETAIL_EVERY_MS = 2_000;
/** And this often while nobody does, for the record of queue lengths. */
const DETAIL_UNWATCHED_MS = 15_000;
/** So many at once while some were never read on their own. */
const DETAILS_AT_ONCE = 4;
/** A whole list may be five minutes old at the source; a deployment's own answer is not ("rerobots API"). */
const LIST_MAY_LAG_MS = 5 * 60_000;

type Options = { client: RerobotsClient; hub: EventHub; clock: Clock };

/** A queue length as it was read at `at` (epoch milliseconds); null where the answer did not tell it. */
export type QueueReading = { id: string; length: number | null; at: number };

export type DeploymentsCollector = {
  /** Sorted by type, then id. */
  all(): RobotDeployment[];
  /** The queue length of each deployment as last read. */
  readings(): QueueReading[];
  /** Has these read on their own every other time, while anyone watches: somebody waits for them. */
  prefer(ids: ReadonlySet<string>): void;
  /** Reads what is due; resolves also where rerobots does not answer, which its health tells. */
  tick(): Promise<void>;
};

/** Keeps the one list of deployments everyone is shown, as fresh as the budget of calls allows. */
export function createDeploymentsCollector({ client, hub, clock }: Options): DeploymentsCollector {
  let listed: Deployment[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let detailAt = Number.NEGATIVE_INFINITY;
  /** `at`: when its turn was; `readAt`: when it answered. */
  const details = new Map<string, { deployment: Deployment; at: number; readAt: number }>();
  let preferred: ReadonlySet<string> = new Set();
  let preferredTurn = false;
  let published = '[]';

  const merged = (base: Deployment): RobotDeployment => {
    const detail = details.get(base.id);
    const fresh = detail !== undefined && detail.readAt > listedAt - LIST_MAY_LAG_MS;
    const { createdAt, ...rest } = base;
    return {
      ...rest,
      createdAt: createdAt === null ? null : isoOf(createdAt),
      queueLength: fresh ? detail.deployment.queueLength : base.queueLength,
      online: detail?.deployment.online ?? base.online,
      lockedOut: detail?.deployment.lockedOut ?? base.lockedOut,
    };
  };
  const all = (): RobotDeployment[] =>
    listed.map(merged).toSorted((a, b) => a.type.localeCompare(b.type) || a.id.localeCompare(b.id));

  const readings = (): QueueReading[] =>
    listed.map(({ id, queueLength }) => {
      const detail = details.get(id);
      return detail !== undefined && detail.readAt > listedAt - LIST_MAY_LAG_MS
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

  const readDetail = async (id: string): Promise<void> => {
    const before = details.get(id);
    const deploymentBefore = before?.deployment ?? listed.find((one) => one.id === id);
    const at = clock.now();
    // A failed read takes its turn too, or one broken deployment would hold up all others.
    if (deploymentBefore) {
      const readAt = before?.readAt ?? Number.NEGATIVE_INFINITY;
      details.set(id, { deployment: deploymentBefore, at, readAt });
    }
    const deployment = await client.deployment(id);
    if (deployment) details.set(id, { deployment, at, readAt: at });
  };

  /** Those never read on their own, a few at once; else the one whose answer is oldest. */
  const detailsDue = (watched: boolean): string[] => {
    const unread = listed.filter((one) => !details.has(one.id));
    if (unread.length > 0) return unread.slice(0, DETAILS_AT_ONCE).map((one) => one.id);
    if (clock.now() - detailAt < (watched ? DETAIL_EVERY_MS : DETAIL_UNWATCHED_MS)) return [];
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
    prefer: (ids) => {
      preferred = ids;
    },
    async tick() {
      if (!client.configured) return;
      const now = clock.now();
      const watched = hub.watchers > 0;
      const listDue = now - triedAt >= (watched ? LIST_EVERY_MS : LIST_UNWATCHED_MS);
      try {
        if (listDue && client.hasRoom()) await readList();
        const due = detailsDue(watched);
        if (due.length > 0 && client.hasRoom()) {
          detailAt = now;
          await Promise.all(due.map(readDetail));
        }
      } catch (error) {
        // The client has told the health; the last good list stays.
        if (!(error instanceof UpstreamError)) throw error;
      }
      publish();
    },
  };
}
