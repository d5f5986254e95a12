import type { ServerEvent, ServerEventOf } from '@cyclorama/shared/events.ts';
import type { Kysely } from 'kysely';

import type { EventHub } from '../lib/event-hub.ts';
import type { Logger } from '../lib/logger.ts';
import type { PostgresSession } from '../store/postgres-session.ts';
import { createReplicaChannel } from '../store/replica-channel.ts';
import type { Database } from '../store/schema.ts';

/** Events of a row cross as its id: the others read what it is by then, so that none shows an older state. */
type RowEvent = 'claim' | 'claim-batch' | 'booking' | 'task' | 'task-batch' | 'activity';
type Reader = (ids: string[]) => Promise<ServerEvent[]>;

type Notice =
  | { row: RowEvent; id: string }
  | { event: ServerEvent; only: string | null }
  /** What is held in memory of `told` is old, or `about` is to be known of it. */
  | { told: string; about?: string };

/** More ids are as good as all. */
const MOST_NAMED = 150;

export type Replicas = {
  /** How the events of rows are made here that another replica changed. */
  reads<T extends RowEvent>(type: T, read: (ids: string[]) => Promise<ServerEventOf<T>[]>): void;
  /** Tells the others that what they hold of `what` is old. */
  tell(what: string, about?: string): void;
  /** Called when another replica tells so and, with null, when it may have. */
  onTold(what: string, reread: (about: string | null) => Promise<unknown> | void): void;
  /** Where this replica's changes stand; null where it is the only process. */
  position(): string | null;
  /** Waits, but not long, until what stood at `position` is known here too. */
  caughtUp(position: string): Promise<void>;
};

/** Where no other process can share the store. */
export const noReplicas: Replicas = {
  reads: () => undefined,
  tell: () => undefined,
  onTold: () => undefined,
  position: () => null,
  caughtUp: () => Promise.resolve(),
};

const CATCH_UP_MS = 1_000;

type Options = { session: PostgresSession; db: Kysely<Database>; hub: EventHub; logger: Logger };

/** Events cross to the pages of the other replicas. */
export function createReplicas({ session, db, hub, logger }: Options): Replicas {
  const readers = new Map<RowEvent, Reader>();
  const rereads = new Map<string, (about: string | null) => Promise<unknown> | void>();
  /** Published here while rows of other replicas were being read. */
  let changedHere = new Set<string>();
  let isReading = false;

  const relayRows = async (type: RowEvent, ids: string[]): Promise<void> => {
    const read = readers.get(type);
    if (read === undefined) return;
    let left = ids;
    while (left.length > 0) {
      changedHere = new Set();
      isReading = true;
      const events = await read(left).finally(() => (isReading = false));
      const isOld = (id: string): boolean => changedHere.has(`${type} ${id}`);
      for (const event of events) if (!isOld(rowOf(event)?.id ?? '')) hub.relay(event, null);
      left = left.filter(isOld);
    }
  };

  const onNotices = async (notices: Notice[]): Promise<void> => {
    const told = new Map(
      notices.flatMap((each) =>
        'told' in each ? [[`${each.told} ${each.about ?? ''}`, each] as const] : [],
      ),
    );
    for (const { told: what, about = null } of told.values()) await rereads.get(what)?.(about);
    const rows = Map.groupBy(
      notices.flatMap((each) => ('row' in each ? [each] : [])),
      ({ row }) => row,
    );
    for (const [type, all] of rows) await relayRows(type, [...new Set(all.map(({ id }) => id))]);
    for (const notice of notices) {
      if (!('event' in notice)) continue;
      await rereads.get(notice.event.type)?.(null);
      hub.relay(notice.event, notice.only);
    }
  };

  const onGap = (): void => {
    const all = Promise.allSettled([...rereads.values()].map(async (reread) => reread(null)));
    void all.then(() =>
      hub.relay({ type: 'resync', reason: 'The connection to the other replicas was lost.' }, null),
    );
  };

  const channel = createReplicaChannel<Notice>({
    session,
    db,
    processId: hub.epoch,
    logger,
    onNotices,
    onGap,
  });
  hub.subscribe((event, only, isRelayed) => {
    if (isRelayed) return;
    const row = rowOf(event);
    if (row !== null) {
      if (isReading) changedHere.add(`${row.row} ${row.id}`);
      channel.send(row);
      return;
    }
    const sent = asItIs(event);
    if (sent !== null) channel.send({ event: sent, only });
  });

  return {
    reads: (type, read) => void readers.set(type, read),
    tell: (what, about) => channel.send(about === undefined ? { told: what } : { told: what, about }),
    onTold: (what, reread) => void rereads.set(what, reread),
    position: () => `${hub.epoch}.${channel.sent}`,
    async caughtUp(position) {
      const [from = '', count = ''] = position.split('.');
      if (/^\d{1,15}$/.test(count)) await channel.reached(from, Number(count), CATCH_UP_MS);
    },
  };
}

function rowOf(event: ServerEvent): { row: RowEvent; id: string } | null {
  switch (event.type) {
    case 'claim':
      return { row: event.type, id: event.claim.id };
    case 'booking':
      return { row: event.type, id: event.booking.id };
    case 'task':
      return { row: event.type, id: event.task.id };
    case 'claim-batch':
    case 'task-batch':
      return { row: event.type, id: event.batch.id };
    case 'activity':
      return { row: event.type, id: String(event.entry.id) };
    default:
      return null;
  }
}

/** Null where each replica tells its own pages. */
function asItIs(event: ServerEvent): ServerEvent | null {
  switch (event.type) {
    case 'robot-free':
    case 'session':
    case 'telemetry':
    case 'alerts':
      return event;
    case 'object-events':
      return event.of !== null && event.of.length > MOST_NAMED ? { ...event, of: null } : event;
    default:
      return null;
  }
}
