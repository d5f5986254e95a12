import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { isoOf } from '../../clock.ts';
import type { Clock } from '../../clock.ts';
import { UpstreamError } from '../../errors.ts';
import type { EventHub } from '../../event-hub.ts';
import type { Deployment, RerobotsClient } from '../../upstream/rerobots/client.ts';

const listEveryMs = 30_000;
const listUnwatchedMs = 5 * 60_000;
/** One deployment is read on its own this often while anyone watches: only that tells whether it is online. */
const detailEveryMs = 2_000;
/** So many at once while some were never read on their own. */
const detailsAtOnce = 4;
/** A whole list may be five minutes old at the source; a deployment's own answer is not ("rerobots API"). */
const listMayLagMs = 5 * 60_000;

type Options = { client: RerobotsClient; hub: EventHub; clock: Clock };

export type DeploymentsCollector = {
  /** Sorted by type, then id. */
  all(): RobotDeployment[];
  /** Reads what is due; resolves also where rerobots does not answer, which its health tells. */
  tick(): Promise<void>;
};

/** Keeps the one list of deployments everyone is shown, as fresh as the budget of calls allows. */
export function createDeploymentsCollector({ client, hub, clock }: Options): DeploymentsCollector {
  let listed: Deployment[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let detailAt = Number.NEGATIVE_INFINITY;
  const details = new Map<string, { deployment: Deployment; at: number }>();
  let published = '[]';

  const merged = (base: Deployment): RobotDeployment => {
    const detail = details.get(base.id);
    const fresh = detail !== undefined && detail.at > listedAt - listMayLagMs;
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
    const before = details.get(id)?.deployment ?? listed.find((one) => one.id === id);
    const at = clock.now();
    // A failed read takes its turn too, or one broken deployment would hold up all others.
    if (before) details.set(id, { deployment: before, at });
    const deployment = await client.deployment(id);
    if (deployment) details.set(id, { deployment, at });
  };

  /** Those never read on their own, a few at once; else, while anyone watches, the one whose answer is oldest. */
  const detailsDue = (watched: boolean): string[] => {
    const unread = listed.filter((one) => !details.has(one.id));
    if (unread.length > 0) return unread.slice(0, detailsAtOnce).map((one) => one.id);
    if (!watched || clock.now() - detailAt < detailEveryMs) return [];
    const age = (id: string): number => details.get(id)?.at ?? 0;
    return listed
      .toSorted((a, b) => age(a.id) - age(b.id))
      .slice(0, 1)
      .map((one) => one.id);
  };

  return {
    all,
    async tick() {
      if (!client.configured) return;
      const now = clock.now();
      const watched = hub.watchers > 0;
      const listDue = now - triedAt >= (watched ? listEveryMs : listUnwatchedMs);
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
