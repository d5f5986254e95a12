import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { listDeliveries } from '../../../store/alert-messages.ts';
import { addMissingRules } from '../../../store/alert-rules.ts';
import { openStore } from '../../../store/database.ts';
import type { Store } from '../../../store/database.ts';
import { createPostgresLeader } from '../../../store/leader.ts';
import { createPostgresSession } from '../../../store/postgres-session.ts';
import { postgresBinaries, startPostgres } from '../../../testing/postgres.fixture.ts';
import type { TestPostgres } from '../../../testing/postgres.fixture.ts';
import type { Receiver } from '../../../testing/webhook-receiver.fixture.ts';
import { startReceiver, WEBHOOK_SECRET } from '../../../testing/webhook-receiver.fixture.ts';
import { instanceNode, nodeTexts, ruleRow, sourcesOfNodes } from '../alerts.fixture.ts';
import { createEvaluator } from '../evaluator.ts';
import { createDelivery } from './delivery.ts';
import { createWebhookChannel } from './webhook.ts';

const binaries = postgresBinaries();
const logger = { info: () => undefined, warn: () => undefined };
const clock = { now: () => Date.now() };
const soon = { timeout: 20_000, interval: 20 };

describe.skipIf(binaries === null)('an alert over a change of leader', () => {
  let postgres: TestPostgres;
  let receiver: Receiver;
  let nodes = nodeTexts(instanceNode('i1'));
  let ids = 0;
  const stores: Store[] = [];

  /** A process with a connection, a session and a store of its own. */
  const replica = async (name: string) => {
    const store = await openStore({ databaseUrl: postgres.url }, logger);
    stores.push(store);
    const { db } = store;
    const session = createPostgresSession({ connectionString: postgres.url, logger, beatMs: 50 });
    const leader = createPostgresLeader({ session, processId: name, logger });
    await session.start?.();
    const hub = { publish: () => undefined };
    const channels = {
      webhook: createWebhookChannel({ url: receiver.url, secrets: [WEBHOOK_SECRET], clock }),
    };
    const delivery = createDelivery({ db, leader, channels, hub, clock, logger });
    const evaluator = createEvaluator({
      db,
      leader,
      sources: sourcesOfNodes(db, () => nodes),
      clock,
      hub,
      logger,
      newId: () => `${name}-${String((ids += 1)).padStart(4, '0')}`,
      publicUrl: null,
      told: () => Promise.resolve({ isQuiet: false, channels: ['webhook'] }),
      onTold: () => undefined,
    });
    return { db, leader, delivery, evaluator, stop: () => session.stop() };
  };

  beforeAll(async () => {
    postgres = await startPostgres(binaries ?? '');
    receiver = await startReceiver();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await receiver.close();
    await postgres.stop();
  });

  it('is told once in the store, and with the same id where two sent it', async () => {
    const one = await replica('one');
    const other = await replica('other');
    await one.evaluator.round();
    await one.db.updateTable('alert_rules').set({ enabled: 0 }).execute();
    await addMissingRules(one.db, [ruleRow('r1', { name: 'Unhealthy', forSeconds: 0 })]);
    nodes = nodeTexts(instanceNode('i1', { health: 'unhealthy', healthSince: '2026-01-01T00:00:00Z' }));
    await Promise.all([one.evaluator.round(), other.evaluator.round()]);

    // The first leader is waiting for the answer when it loses the lead.
    let answer = (): void => undefined;
    receiver.held = new Promise((resolve) => (answer = resolve));
    const sending = one.delivery.round();
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), soon);
    await one.stop();
    await vi.waitFor(() => expect(other.leader.isLeader()).toBe(true), soon);
    receiver.held = null;
    answer();
    await sending;
    expect((await listDeliveries(other.db, 10)).rows).toMatchObject([{ state: 'waiting', tries: 0 }]);

    await Promise.all([one.evaluator.round(), other.evaluator.round()]);
    await Promise.all([one.delivery.round(), other.delivery.round()]);
    const [first, second] = receiver.received;
    expect([receiver.received.length, second?.id, second?.message.data.summary]).toEqual([
      2,
      first?.id,
      'Unhealthy: api-i1',
    ]);
    expect((await listDeliveries(other.db, 10)).rows).toMatchObject([{ state: 'delivered', tries: 1 }]);

    nodes = nodeTexts(instanceNode('i1'));
    await other.evaluator.round();
    await other.delivery.round();
    expect(receiver.received.map(({ message }) => message.type)).toEqual([
      'alert.firing',
      'alert.firing',
      'alert.resolved',
    ]);
    await other.stop();
  }, 60_000);
});
