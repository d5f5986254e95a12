import type { AlertChannel } from '@cyclorama/shared/alert-deliveries.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { EventHub } from '../../../lib/event-hub.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { PostOutcome } from '../../../lib/post-webhook.ts';
import type { Service } from '../../../lib/service.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import { recordTry, waitingDeliveries } from '../../../store/alert-messages.ts';
import type { MessageDelivery } from '../../../store/alert-messages.ts';
import { NotLeading } from '../../../store/leader.ts';
import type { Leader } from '../../../store/leader.ts';
import type { Database } from '../../../store/schema.ts';
import { dueOf, nextTryAt } from './delivery.rules.ts';

const ROUND_MS = 5_000;
const READ_AT_ONCE = 500;
const SENT_AT_ONCE = 4;

/** Sends a message once. Never rejects. */
export type Send = (delivery: MessageDelivery, signal: AbortSignal) => Promise<PostOutcome>;

export type DeliveryDeps = {
  db: Kysely<Database>;
  leader: Pick<Leader, 'isLeader' | 'fence'>;
  channels: Partial<Record<AlertChannel, Send>>;
  hub: Pick<EventHub, 'publish'>;
  clock: Clock;
  logger: Pick<Logger, 'warn'>;
};

export type Delivery = Service & {
  /** Sends what is due; what a message of the same rule held back follows at once. Never rejects. */
  round(): Promise<void>;
};

/**
 * Who leads sends what waits, at least once: a try whose outcome was not written (a kill, another leader) is made again
 * with the same id.
 */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { db, leader, channels, hub, clock, logger } = deps;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  /** True where it was delivered or given up: the next of its rule may go. */
  const attempt = async (delivery: MessageDelivery): Promise<boolean> => {
    const send = channels[delivery.channel];
    const outcome =
      send === undefined
        ? { status: null, fault: 'No address for it is set any more.' }
        : await send(delivery, stopping.signal);
    if (stopping.signal.aborted && outcome.status === null) return false;
    const now = clock.now();
    const { tries, created_at: createdAt } = delivery;
    const next = outcome.fault === null ? null : nextTryAt({ tries, createdAt, now });
    const state = outcome.fault === null ? 'delivered' : next === null ? 'given-up' : 'waiting';
    await db.transaction().execute(async (within) => {
      await leader.fence(within);
      await recordTry(within, delivery, { ...outcome, state, next_at: next ?? now, tried_at: now });
    });
    if (state === 'given-up')
      logger.warn(
        { channel: delivery.channel, messageId: delivery.message_id, reason: outcome.fault },
        'a message about alerts could not be delivered and is given up',
      );
    return state !== 'waiting';
  };

  const round = async (): Promise<void> => {
    let goesOn = true;
    while (goesOn && leader.isLeader() && !stopping.signal.aborted) {
      const due = dueOf(await waitingDeliveries(db, READ_AT_ONCE), clock.now());
      const outcomes = await settleWithLimit(due, SENT_AT_ONCE, attempt);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      goesOn = outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value);
      if (due.length > 0) hub.publish({ type: 'alerts' });
    }
  };

  const rounds = singleFlight(round, (error) => {
    if (!(error instanceof NotLeading) && !(error instanceof AppError))
      logger.warn({ err: error }, 'messages about alerts could not be sent; they are tried again');
  });

  return {
    round: () => rounds.again(),
    start(): void {
      void rounds.run();
      timer = setInterval(() => void rounds.run(), ROUND_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      stopping.abort();
      await rounds.settled();
    },
  };
}
