import { alertMessage } from '@cyclorama/shared/alert-deliveries.ts';
import type {
  AlertDeliveriesResponse,
  AlertDelivery,
  AlertMessagesResponse,
} from '@cyclorama/shared/alert-deliveries.ts';
import { onlyAlertOf, retryRefusal } from '@cyclorama/shared/rules/alert-messages.ts';

import { isoOf } from '../../../lib/clock.ts';
import { AppError } from '../../../lib/errors.ts';
import type { Person } from '../../../lib/person.ts';
import { deliveryById, listDeliveries, newestMessages, tryAgain } from '../../../store/alert-messages.ts';
import type { MessageDelivery } from '../../../store/alert-messages.ts';
import type { FeatureContext } from '../../context.ts';
import type { Delivery } from './delivery.ts';

/** What a browser tells apart by what it has seen. */
const MOST_MESSAGES = 20;

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'hub' | 'changeOnRecord' | 'config'> & {
  delivery: Pick<Delivery, 'round'>;
};

export type DeliveriesService = ReturnType<typeof createDeliveriesService>;

/** What admins see of it, and can do. */
export function createDeliveriesService({ db, clock, hub, changeOnRecord, config, delivery }: Deps) {
  const webhookHost = config.alertWebhook === null ? null : new URL(config.alertWebhook.url).host;
  const one = async (id: string): Promise<AlertDelivery> => {
    const row = await deliveryById(db, id);
    if (row !== null) return presentDelivery(row);
    throw new AppError('not-found', 'There is no such delivery.', { hint: 'It is kept for 30 days.' });
  };

  return {
    async messages(): Promise<AlertMessagesResponse> {
      const rows = await newestMessages(db, MOST_MESSAGES);
      return {
        messages: rows.map(({ id, kind, rule_id: rule, rule_name: name, summary, created_at: at, body }) => ({
          id,
          kind,
          rule: { id: rule, name },
          summary,
          createdAt: isoOf(at),
          alertId: onlyAlertOf(alertMessage.safeParse(JSON.parse(body)).data?.data),
        })),
      };
    },

    async list(limit: number): Promise<AlertDeliveriesResponse> {
      const { rows, total } = await listDeliveries(db, limit);
      return { webhookHost, deliveries: rows.map(presentDelivery), total };
    },

    /** Its next try is now; who leads makes it. */
    async retry(id: string, person: Person): Promise<AlertDelivery> {
      const before = await one(id);
      const isWaiting = await changeOnRecord(async (within, note) => {
        const changed = await tryAgain(within, id, clock.now());
        if (changed)
          note({
            actor: person.name,
            action: 'alert-delivery.retry',
            subject: { kind: 'alert-delivery', id, name: before.summary },
            outcome: 'done',
          });
        return changed;
      });
      if (!isWaiting) {
        const why = retryRefusal(await one(id)) ?? 'It can’t be sent now.';
        throw new AppError('not-allowed-now', `${why} Nothing was changed.`);
      }
      hub.publish({ type: 'alerts' });
      void delivery.round();
      return one(id);
    },
  };
}

function presentDelivery(row: MessageDelivery): AlertDelivery {
  const { id, channel, kind, summary, state, tries, tried_at: triedAt, status, fault } = row;
  return {
    id,
    messageId: row.message_id,
    channel,
    kind,
    rule: { id: row.rule_id, name: row.rule_name },
    summary,
    createdAt: isoOf(row.created_at),
    state,
    tries,
    triedAt: triedAt === null ? null : isoOf(triedAt),
    status,
    fault,
    nextAt: state === 'waiting' ? isoOf(row.next_at) : null,
  };
}
