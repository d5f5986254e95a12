import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import type { Logger } from '../lib/logger.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Database } from './schema.ts';

const CHANNEL = 'cyclorama';
/** A payload must be shorter than 8000 bytes ("PostgreSQL: NOTIFY"). */
const MOST_BYTES = 7_500;
/** Beyond, the others are told that they missed something. */
const MOST_WAITING = 5_000;
/** What is sent within this long goes together. */
const GATHER_MS = 20;

/** Of the replica `from`: its `last` notices so far end with these. */
type Message<N> = { from: string; last: number; notices: N[]; missed?: true };

type Options<N> = {
  session: PostgresSession;
  db: Kysely<Database>;
  processId: string;
  logger: Pick<Logger, 'warn'>;
  /** In the order they were sent, one call after the other. */
  onNotices: (notices: N[]) => Promise<void>;
  /** Notices may have been missed. */
  onGap: () => void;
};

export type ReplicaChannel<N> = {
  send(notice: N): void;
  /** How many notices this process has sent. */
  readonly sent: number;
  /** Resolves with false where it takes longer. */
  reached(from: string, count: number, withinMs: number): Promise<boolean>;
};

/** LISTEN and NOTIFY among the replicas on one database. What is sent while it can't be reached is sent afterwards. */
export function createReplicaChannel<N>({
  session,
  db,
  processId,
  logger,
  onNotices,
  onGap,
}: Options<N>): ReplicaChannel<N> {
  let waiting: N[] = [];
  let missed = false;
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  let hasListened = false;
  let turn = Promise.resolve();
  const reached = new Map<string, number>();
  const waiters = new Set<() => void>();

  const notify = async (message: Message<N>): Promise<void> => {
    await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(message)})`.execute(db);
  };
  const sendings = singleFlight(
    async () => {
      while (waiting.length > 0 || missed) {
        const notices = fitting(waiting);
        const last = sent - (waiting.length - notices.length);
        await notify({ from: processId, last, notices, ...(missed ? { missed: true } : {}) });
        waiting = waiting.slice(notices.length);
        missed = false;
      }
    },
    (error) => {
      const tooMany = waiting.length > MOST_WAITING;
      if (tooMany) {
        waiting = [];
        missed = true;
      }
      logger.warn(
        { err: error, waiting: waiting.length },
        'other replicas could not be told; it is tried again',
      );
    },
  );
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void sendings.again();
    }, GATHER_MS).unref();
  };

  const receive = async ({ from, last, notices, missed: isGap }: Message<N>): Promise<void> => {
    if (isGap === true) onGap();
    if (notices.length > 0) await onNotices(notices);
    reached.set(from, last);
    for (const look of waiters) look();
  };
  const onPayload = (payload: string): void => {
    const message = JSON.parse(payload) as Message<N>;
    if (message.from === processId) return;
    turn = turn
      .then(() => receive(message))
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'what another replica changed could not be read');
        onGap();
      });
  };

  session.add({
    async opened(client) {
      client.on('notification', ({ payload = '' }) => onPayload(payload));
      await client.query(`listen ${CHANNEL}`);
      if (hasListened) onGap();
      hasListened = true;
    },
    /** Whoever listens only now learns where this replica stands. */
    async beat(client) {
      const waitingNow = waiting.length;
      if (waitingNow > 0 || missed) schedule();
      const message: Message<N> = { from: processId, last: sent - waitingNow, notices: [] };
      await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)]);
    },
  });

  return {
    get sent() {
      return sent;
    },
    send(notice) {
      waiting.push(notice);
      sent += 1;
      schedule();
    },
    reached(from, count, withinMs) {
      const isThere = (): boolean => from === processId || (reached.get(from) ?? -1) >= count;
      if (isThere()) return Promise.resolve(true);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const look = (): void => {
        if (isThere()) end(true);
      };
      const end = (isReached: boolean): void => {
        clearTimeout(patience);
        waiters.delete(look);
        resolve(isReached);
      };
      const patience = setTimeout(() => end(false), withinMs);
      waiters.add(look);
      return promise;
    },
  };
}

/** The first that fit into one payload; at least one. */
function fitting<N>(notices: readonly N[]): N[] {
  let bytes = 200;
  let count = 0;
  for (const notice of notices) {
    bytes += Buffer.byteLength(JSON.stringify(notice)) + 1;
    if (bytes > MOST_BYTES && count > 0) break;
    count += 1;
  }
  return notices.slice(0, count);
}
