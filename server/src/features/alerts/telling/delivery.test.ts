import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { listDeliveries, tryAgain } from '../../../store/alert-messages.ts';
import type { MessageDelivery } from '../../../store/alert-messages.ts';
import { insertAlerts, moveAlerts } from '../../../store/alerts.ts';
import type { AlertRow } from '../../../store/alerts.ts';
import { NotLeading, soleLeader } from '../../../store/leader.ts';
import { describeOnEachEngine } from '../../../testing/engines.fixture.ts';
import type { Receiver } from '../../../testing/webhook-receiver.fixture.ts';
import { startReceiver, WEBHOOK_SECRET } from '../../../testing/webhook-receiver.fixture.ts';
import { dueOf, nextTryAt } from './delivery.rules.ts';
import { createDelivery } from './delivery.ts';
import { writeMessages } from './messages.ts';
import { createWebhookChannel } from './webhook.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 1);

const alertRow = (id: string, over: Partial<AlertRow> = {}): AlertRow => ({
  id,
  rule_id: 'r1',
  rule_name: 'Instance failed',
  severity: 'warning',
  object_kind: 'instance',
  object_id: `i-${id}`,
  object_name: `api-${id}`,
  container_id: 'c1',
  state: 'firing',
  detail: 'exit code 1',
  since: START,
  fired_at: START,
  resolved_at: null,
  resolved_because: null,
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_note: null,
  told_at: null,
  over_told_at: null,
  ...over,
});

describeOnEachEngine('messages about alerts', (bench) => {
  let now = START;
  let ids = 0;
  let warned: object[] = [];
  let receiver: Receiver;
  const clock = { now: () => now };
  const newId = () => `m${String((ids += 1)).padStart(4, '0')}`;
  /** Nothing is kept by it: each is as good as another process. */
  const delivery = (
    leader: Parameters<typeof createDelivery>[0]['leader'] = soleLeader,
    url: string | null = receiver.url,
  ) =>
    createDelivery({
      db: bench.store.db,
      leader,
      channels:
        url === null ? {} : { webhook: createWebhookChannel({ url, secrets: [WEBHOOK_SECRET], clock }) },
      hub: { publish: () => undefined },
      clock,
      logger: { warn: (about: object) => void warned.push(about) },
    });
  const tell = () =>
    bench.store.db
      .transaction()
      .execute((within) =>
        writeMessages(within, { clock, newId, channels: ['webhook'], publicUrl: 'https://dash.example' }),
      );
  const fire = async (...rows: AlertRow[]) => {
    await insertAlerts(bench.store.db, rows);
    await tell();
  };
  const end = async (...alerts: string[]) => {
    const change = { state: 'resolved', resolved_at: now, resolved_because: 'It is so no longer.' } as const;
    await moveAlerts(bench.store.db, alerts, { from: 'firing', change });
    await tell();
  };
  const rows = async (): Promise<MessageDelivery[]> =>
    (await listDeliveries(bench.store.db, 100)).rows.toReversed();
  const arrived = () => receiver.received.map(({ message }) => message.data.summary);

  beforeAll(async () => void (receiver = await startReceiver()));
  afterAll(() => receiver.close());
  beforeEach(async () => {
    now = START;
    warned = [];
    receiver.received.length = 0;
    receiver.answers.length = 0;
    for (const table of ['alerts', 'alert_messages', 'alert_deliveries'] as const)
      await bench.store.db.deleteFrom(table).execute();
  });

  it('are one for each rule and round, signed, and told to be over', async () => {
    await fire(
      ...['1', '2', '3', '4', '5'].map((id) => alertRow(id)),
      alertRow('6', { rule_id: 'r2', rule_name: 'Unhealthy', severity: 'critical' }),
    );
    await delivery().round();
    now += MINUTE;
    await end('1', '2');
    await delivery().round();
    expect(arrived().toSorted()).toEqual([
      'Instance failed: api-1, api-2, api-3 and 2 more',
      'Over: Instance failed: api-1 and api-2',
      'Unhealthy: api-6',
    ]);
    expect(receiver.received.map(({ isSigned }) => isSigned)).toEqual([true, true, true]);
    expect(receiver.received.at(-1)).toMatchObject({
      timestamp: now / 1000,
      message: {
        type: 'alert.resolved',
        data: {
          total: 2,
          url: 'https://dash.example/alerts?view=over',
          alerts: [{ id: '1', of: { name: 'api-1' }, resolvedBecause: 'It is so no longer.' }, { id: '2' }],
        },
      },
    });
    const alone = receiver.received.find(({ message }) => message.data.rule.id === 'r2');
    expect(alone?.message.data.url).toBe('https://dash.example/alerts?alert=6');
    expect(await rows()).toMatchObject([
      { state: 'delivered', status: 204, tries: 1, fault: null },
      { state: 'delivered' },
      { state: 'delivered', tried_at: now },
    ]);
    await delivery().round();
    expect(receiver.received).toHaveLength(3);
  });

  it('name twenty of a thousand, and how many there are', async () => {
    await fire(...Array.from({ length: 1_000 }, (_, index) => alertRow(String(index).padStart(4, '0'))));
    await delivery().round();
    const [first] = receiver.received;
    expect([first?.message.data.total, first?.message.data.alerts.length, receiver.received.length]).toEqual([
      1_000, 20, 1,
    ]);
  });

  it('are written once, however many write at the same time', async () => {
    await insertAlerts(bench.store.db, [alertRow('1'), alertRow('2')]);
    await Promise.all([tell(), tell(), tell()]);
    expect(await rows()).toHaveLength(1);
  });

  it('wait over a restart, and are sent then', async () => {
    await fire(alertRow('1'));
    await bench.reopen();
    await delivery().round();
    expect(arrived()).toEqual(['Instance failed: api-1']);
  });

  it('are sent again with the same id where the process ended before it knew the outcome', async () => {
    await fire(alertRow('1'));
    const killed = { isLeader: () => true, fence: () => Promise.reject(new NotLeading('gone')) };
    await delivery(killed).round();
    await bench.reopen();
    now += 1_000;
    await delivery().round();
    const [first, second] = receiver.received;
    expect([receiver.received.length, second?.id, second?.message]).toEqual([2, first?.id, first?.message]);
    expect([second?.isSigned, second?.timestamp]).toEqual([true, (first?.timestamp ?? 0) + 1]);
    expect(await rows()).toMatchObject([{ state: 'delivered', tries: 1 }]);
  });

  it('are not sent by who does not lead', async () => {
    await fire(alertRow('1'));
    await delivery({ ...soleLeader, isLeader: () => false }).round();
    expect(arrived()).toEqual([]);
  });

  it('are tried again later and later, in order, and given up after eight hours until an admin asks', async () => {
    await fire(alertRow('1'));
    now += MINUTE;
    await end('1');
    receiver.answers.push(500, null, 302, ...Array.from({ length: 40 }, () => 503));
    const faults = new Set<string | null | undefined>();
    const tries: number[] = [];
    // Minute by minute while the waits are short, then by the quarter of an hour.
    for (let minute = 0; minute < 10 * 60; minute += minute < 105 ? 1 : 15) {
      now = START + (minute + 1) * MINUTE;
      const before = receiver.received.length;
      await delivery().round();
      if (receiver.received.length > before) tries.push(minute);
      faults.add((await rows())[0]?.fault);
    }
    expect([...faults]).toEqual([
      'It answered 500.',
      expect.stringMatching(/^It could not be reached( \([A-Z_]+\))?\.$/),
      'It answered 302: redirects are not followed.',
      'It answered 503.',
    ]);
    expect(tries.slice(0, 7)).toEqual([0, 1, 2, 4, 14, 44, 104]);
    expect(await rows()).toMatchObject([
      { kind: 'firing', state: 'given-up', status: 503 },
      { kind: 'resolved', state: 'given-up' },
    ]);
    expect(warned).toHaveLength(2);
    receiver.answers.length = 0;
    receiver.received.length = 0;
    const [first] = await rows();
    expect(await tryAgain(bench.store.db, first?.id ?? '', now)).toBe(true);
    await delivery().round();
    expect(receiver.received.map(({ id }) => id)).toEqual([first?.message_id]);
    expect(await tryAgain(bench.store.db, first?.id ?? '', now)).toBe(false);
  });

  it('of other rules go on while one is refused, and say where no address is set any more', async () => {
    await fire(alertRow('1'));
    await delivery(soleLeader, null).round();
    expect(await rows()).toMatchObject([
      { state: 'waiting', tries: 1, fault: 'No address for it is set any more.' },
    ]);
    now += 1_000;
    await fire(alertRow('2', { rule_id: 'r2', rule_name: 'Other' }));
    await delivery().round();
    expect(arrived()).toEqual(['Other: api-2']);
  });
});

describe('the signature', () => {
  it('is that of the Standard Webhooks libraries', async () => {
    const signatures: (string | undefined)[] = [];
    // Their example's body is no message of ours.
    const server = createServer((request, response) => {
      signatures.push(request.headers['webhook-signature']?.toString());
      request.resume();
      response.end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const send = createWebhookChannel({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', WEBHOOK_SECRET],
      clock: { now: () => 1_614_265_330_000 },
    });
    const message = { message_id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    await send(message as MessageDelivery, new AbortController().signal);
    server.close();
    server.closeAllConnections();
    expect(signatures[0]?.split(' ')).toEqual([
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      expect.stringMatching(/^v1,/),
    ]);
  });
});

describe('what is due', () => {
  const waiting = (id: string, rule: string, nextAt: number): MessageDelivery =>
    ({ id, rule_id: rule, channel: 'webhook', next_at: nextAt }) as MessageDelivery;

  it('is the first of each rule, where its time has come', () => {
    const all = [waiting('a', 'r1', 50), waiting('b', 'r1', 0), waiting('c', 'r2', 10)];
    expect(dueOf(all, 20).map(({ id }) => id)).toEqual(['c']);
    expect(dueOf(all, 50).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('is tried at most an hour later, for eight hours', () => {
    const tried = { createdAt: 0, now: 5 * 60 * MINUTE };
    expect(nextTryAt({ ...tried, tries: 30 })).toBe(6 * 60 * MINUTE);
    expect(nextTryAt({ ...tried, tries: 30, now: 8 * 60 * MINUTE })).toBeNull();
  });
});
