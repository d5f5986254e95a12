import { alertDeliveriesResponse, alertMessagesResponse } from '@cyclorama/shared/alert-deliveries.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../../testing/server.fixture.ts';
import type { Receiver } from '../../../testing/webhook-receiver.fixture.ts';
import { startReceiver, WEBHOOK_SECRET } from '../../../testing/webhook-receiver.fixture.ts';

const soon = { timeout: 60_000, interval: 100 };
let receiver: Receiver;
let server: TestServer;
let ada: Browser;

beforeAll(async () => {
  receiver = await startReceiver();
  receiver.answers.push(503);
  server = await startTestServer({
    env: { ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET },
  });
  ada = await server.signIn('ada');
}, 120_000);
afterAll(async () => {
  await server.close();
  await receiver.close();
});

const list = async () => alertDeliveriesResponse.parse(await (await ada.get(paths.alertDeliveries())).json());

it('tells a webhook of an alert, again until it is taken, and admins how far it has come', async () => {
  const rule = {
    name: 'No such time',
    condition: { kind: 'certificate', daysLeft: 365 },
    forSeconds: 0,
    severity: 'info',
  };
  expect((await ada.post(paths.alertRules(), { body: rule })).status).toBe(201);
  const failed = await vi.waitFor(async () => {
    const { deliveries } = await list();
    const found = deliveries.find((each) => each.status === 503 || each.tries > 1);
    if (found === undefined) throw new Error('nothing was tried yet');
    return found;
  }, soon);
  const again = await ada.post(paths.alertDeliveryRetry(failed.id));
  expect([200, 409]).toContain(again.status);
  const delivered = await vi.waitFor(async () => {
    const found = (await list()).deliveries.find(({ id }) => id === failed.id);
    expect(found).toMatchObject({ state: 'delivered', status: 204, fault: null, nextAt: null });
    return found;
  }, soon);
  const sent = receiver.received.filter(({ id }) => id === delivered?.messageId);
  expect(sent.length).toBeGreaterThan(1);
  expect(sent.every(({ isSigned }) => isSigned)).toBe(true);
  const refused = await ada.post(paths.alertDeliveryRetry(failed.id));
  expect([refused.status, (await errorOf(refused)).message]).toEqual([
    409,
    'It was delivered already. Nothing was changed.',
  ]);
}, 150_000);

it('shows neither its path nor its secret to anybody, and the rest to admins only', async () => {
  const { webhookHost } = await list();
  expect(webhookHost).toBe(new URL(receiver.url).host);
  const answer = await (await ada.get(paths.alertDeliveries())).text();
  for (const text of [answer, server.log()]) {
    expect(text).not.toContain('s3cret-path');
    expect(text).not.toContain(WEBHOOK_SECRET);
  }
  const oscar = await server.signIn('oscar');
  expect((await oscar.get(paths.alertDeliveries())).status).toBe(403);
  const messages = alertMessagesResponse.parse(
    await (await oscar.get(paths.alertMessages())).json(),
  ).messages;
  expect(messages).toContainEqual(expect.objectContaining({ kind: 'firing', rule: expect.any(Object) }));
  const alone = messages.flatMap(({ alertId }) => alertId ?? []);
  for (const id of alone) expect((await oscar.get(paths.alert(id))).status).toBe(200);
  expect((await ada.post(paths.alertDeliveryRetry('none'))).status).toBe(404);
});
