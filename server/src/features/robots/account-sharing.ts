import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Database } from '../../store/schema.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import type { RerobotsClient } from '../../upstream/rerobots/client.ts';
import type { Unowned } from './bookings/reconciler.ts';
import type { DeploymentsRead } from './deployments/collector.ts';

const KEY = 'robots.read';
const TOLD = 'robots-read';
const WATCHED = 'robots-watched';
/** What has not changed is told this often, so that its age is known. */
const UNCHANGED_MS = 10_000;
const TELL_WATCHED_MS = 10_000;
const WATCHED_FOR_MS = 25_000;

type Known = {
  deployments: { read(): DeploymentsRead | null; adopt(read: DeploymentsRead): void };
  bookings: { unowned(): Unowned; adoptUnowned(read: Unowned): void };
};

type Shared = {
  deployments: DeploymentsRead;
  unowned: Unowned;
  reason: string | null;
  isRefused: boolean;
  budget: { limit: number; remaining: number; resetsAt: string } | null;
};

type Deps = {
  db: Kysely<Database>;
  hub: EventHub;
  clock: Clock;
  leader: { isLeader(): boolean };
  replicas: { tell(what: string): void; onTold(what: string, listener: () => void): void };
  client: Pick<RerobotsClient, 'governor'>;
  health: UpstreamHealth;
};

export type AccountSharing = ReturnType<typeof createAccountSharing>;

/** The leader reads the rerobots account for all replicas: a team behind one token shares 3,600 calls an hour. */
export function createAccountSharing({ db, hub, clock, leader, replicas, client, health }: Deps) {
  let shared = { text: '', at: Number.NEGATIVE_INFINITY };
  let toldWatchedAt = Number.NEGATIVE_INFINITY;
  let watchedElsewhereAt = Number.NEGATIVE_INFINITY;
  replicas.onTold(WATCHED, () => {
    watchedElsewhereAt = clock.now();
  });

  return {
    TOLD,
    isReader: (): boolean => leader.isLeader(),
    /** A hub whose watchers are those of all replicas. */
    hub: Object.create(hub, {
      watchers: {
        get: () => hub.watchers + (clock.now() - watchedElsewhereAt < WATCHED_FOR_MS ? 1 : 0),
      },
    }) as EventHub,

    tellWatched(): void {
      if (hub.watchers === 0 || clock.now() - toldWatchedAt < TELL_WATCHED_MS) return;
      toldWatchedAt = clock.now();
      replicas.tell(WATCHED);
    },

    async share({ deployments, bookings }: Known): Promise<void> {
      const read = deployments.read();
      if (read === null) return;
      const { reason, credentials, budget } = health.status();
      const body: Shared = {
        deployments: read,
        unowned: bookings.unowned(),
        reason,
        isRefused: credentials === 'refused',
        budget,
      };
      const text = JSON.stringify(body);
      if (text === shared.text && clock.now() - shared.at < UNCHANGED_MS) return;
      shared = { text, at: clock.now() };
      await writeSetting(db, KEY, text);
      replicas.tell(TOLD);
    },

    async takeUp({ deployments, bookings }: Known): Promise<void> {
      const text = leader.isLeader() ? null : await readSetting(db, KEY);
      if (text === null) return;
      const body = JSON.parse(text) as Shared;
      deployments.adopt(body.deployments);
      bookings.adoptUnowned(body.unowned);
      if (body.reason === null) health.succeeded();
      else health.failed(body.reason, body.isRefused ? 'refused' : undefined);
      if (body.budget === null) return;
      const { limit, remaining, resetsAt } = body.budget;
      client.governor.adopt({ limit, remaining, resetsAtMs: Date.parse(resetsAt) });
    },
  };
}
