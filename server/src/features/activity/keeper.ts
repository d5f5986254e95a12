import type { ActivityHead } from '@cyclorama/shared/activity.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { isoOf } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { createRecordSignature } from '../../lib/record-signature.ts';
import { outsideRequests } from '../../lib/request-context.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import type { Service } from '../../lib/service.ts';
import { singleFlight } from '../../lib/single-flight.ts';
import { pendingEntries } from '../../store/activity-chain.ts';
import { removeOldEntries, RETENTION, summaryOf } from '../../store/activity-retention.ts';
import { verifyChain } from '../../store/activity-verify.ts';
import type { ChainCheck } from '../../store/activity-verify.ts';
import type { RecordWithin } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';

const TELL_MS = 10 * 60_000;
/** Entries checked before are read again this often. */
const FULL_CHECK_MS = 86_400_000;
const DAY_MS = 86_400_000;

type SignedHead = Pick<ActivityHead, 'entries' | 'hash' | 'at' | 'signature'>;

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  logger: Logger;
  secrets: Secrets;
  recordWithin: RecordWithin;
  retentionDays: number;
  /** Only then old entries are removed and the head is told. */
  isLeader: () => boolean;
  /** Not waited for, and never throws; null where none is set. */
  send: ((head: SignedHead) => void) | null;
  tellMs?: number;
};

export type RecordKeeper = Service & {
  /** As of now; what is verified is as of the last round, and a new one begins. */
  head(): Promise<ActivityHead>;
  /** Verifies the chain; who leads also removes what is too old and tells its head. Never rejects. */
  round(): Promise<void>;
};

export function createRecordKeeper(deps: Deps): RecordKeeper {
  const { db, clock, logger, recordWithin, retentionDays, isLeader, send, tellMs = TELL_MS } = deps;
  const signature = createRecordSignature(deps.secrets);
  let last: { check: ChainCheck; at: number } | null = null;
  let fullAt = Number.NEGATIVE_INFINITY;
  let toldHash = '';
  let timer: NodeJS.Timeout | undefined;

  const stored = () => db.selectFrom('activity_head').selectAll().executeTakeFirstOrThrow();
  const signed = ({ entries, hash }: Awaited<ReturnType<typeof stored>>): SignedHead => {
    const at = isoOf(clock.now());
    return { entries, hash, at, signature: signature.sign([entries, hash, at]) };
  };

  const verify = async (): Promise<void> => {
    const now = clock.now();
    const isFull = last === null || last.check.fault !== null || now - fullAt >= FULL_CHECK_MS;
    let check = await verifyChain(db, { signature, after: isFull ? undefined : last?.check.end });
    // Another replica may have removed old entries while they were read.
    if (check.fault !== null) check = await verifyChain(db, { signature });
    if (isFull) fullAt = now;
    if (check.fault !== null && check.fault.entry !== last?.check.fault?.entry) {
      logger.error({ ...check.fault, verifiedTo: check.end.entry }, 'the record does not hold');
    }
    last = { check, at: now };
  };

  const removeOld = async (): Promise<boolean> => {
    const before = clock.now() - retentionDays * DAY_MS;
    const entries = pendingEntries();
    const publish = await db.transaction().execute(async (within) => {
      const span = await removeOldEntries(within, before);
      if (span === null) return null;
      const summary = summaryOf(span, signature);
      const { count, fromEntry, toEntry } = summary;
      const told = recordWithin(entries, {
        actor: null,
        action: RETENTION,
        outcome: 'done',
        detail: `Entries ${fromEntry} to ${toEntry} (${count}) were older than ${retentionDays} days and were removed.`,
        after: JSON.stringify(summary),
      });
      await entries.store(within);
      return told;
    });
    publish?.();
    return publish !== null;
  };

  const tell = async (): Promise<void> => {
    const head = signed(await stored());
    if (head.hash === toldHash) return;
    toldHash = head.hash;
    logger.info({ ...head }, 'head of the record');
    send?.(head);
  };

  const rounds = singleFlight(
    async () => {
      await verify();
      if (!isLeader()) return;
      while (await removeOld());
      await tell();
    },
    (error) => logger.warn({ err: error }, 'the record could not be verified'),
  );

  return {
    round: () => rounds.run(),
    async head() {
      const row = await stored();
      void rounds.run();
      const verified = last === null ? null : { entry: last.check.end.entry, at: isoOf(last.at) };
      const fault = last?.check.fault ?? null;
      return { ...signed(row), verified, fault, removedTo: row.removed_to };
    },
    start() {
      outsideRequests(() => {
        timer = setInterval(() => void rounds.run(), tellMs);
        timer.unref();
        void rounds.run();
      });
    },
    async stop() {
      clearInterval(timer);
      await rounds.settled();
    },
  };
}
