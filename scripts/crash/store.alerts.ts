import { setTimeout as sleep } from 'node:timers/promises';

import { openToRead } from '../../server/src/store/read-only.ts';
import { startReceiver, WEBHOOK_SECRET } from '../../server/src/testing/webhook-receiver.fixture.ts';
import type { Receiver } from '../../server/src/testing/webhook-receiver.fixture.ts';
import type { AlertRuleRequest } from '../../shared/src/alerts.ts';
import { paths } from '../../shared/src/paths.ts';
import { eventually } from './claims.checks.ts';
import type { Problem } from './claims.checks.ts';
import type { Note } from './subject.ts';
import type { CrashWorld } from './worlds.ts';

const PATIENCE_MS = 60_000;
const RULE = 'Killed while it is told';

/** Moments of a message's way, each with what makes it: the process is killed at it. */
const MOMENTS = {
  'as it connects, with the message in the store only': killOnConnection,
  'as it waits for the answer': killBeforeAnswer,
  'as the answer is given': killAfterAnswer,
};

/** An alert fires and is over again and again; its messages are on their way to a webhook when the server is killed. */
export async function playAlerts(world: CrashWorld, note: Note): Promise<void> {
  const receiver = await startReceiver();
  try {
    await world.kill();
    await world.restart({ ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET });
    const id = await makeRule(world);
    let messages = 0;
    for (const [moment, kill] of Object.entries(MOMENTS)) {
      const killed = kill(world, receiver);
      await happen(world, messages % 2 === 0 ? 'instance.fail' : 'instance.start', id);
      messages += 1;
      await soon(killed);
      const before = await deliveriesOf(world);
      note(
        `killed ${moment}: the message was in the store`,
        before.length === messages ? null : `there were ${before.length}, not ${messages}`,
      );
      await world.restart();
      note(
        `killed ${moment}: it is told once in the record`,
        await eventually(() => toldOnce(world, messages), PATIENCE_MS),
      );
      note(`killed ${moment}: it was received, always with its id`, await wrongOnTheWire(world, receiver));
    }
    note('each time it fired is one alert', await doubledAlerts(world, Math.ceil(messages / 2)));
  } finally {
    await receiver.close();
  }
}

/** Resolves with the instance it is about. */
async function makeRule(world: CrashWorld): Promise<string> {
  const { ids } = (await world.state()) as { ids: { instances: { running?: string[] } } };
  const [id] = ids.instances.running ?? [];
  if (id === undefined) throw new Error('expected an instance that runs');
  const rule: AlertRuleRequest = {
    name: RULE,
    condition: { kind: 'instance-state', is: 'failed' },
    scope: { objects: [id], names: [], deployments: [] },
    forSeconds: 0,
    severity: 'info',
    enabled: true,
  };
  const { status } = await world.api.call('POST', paths.alertRules(), rule);
  if (status !== 201) throw new Error(`a rule of alerts answered ${status}`);
  return id;
}

async function happen({ env }: CrashWorld, kind: string, id: string): Promise<void> {
  const answer = await fetch(`${env['SIM_CONTROL_URL']}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, id }),
  });
  if (!answer.ok) throw new Error(`the simulator refused ${kind}: ${await answer.text()}`);
}

async function killOnConnection(world: CrashWorld, receiver: Receiver): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    receiver.onConnection = (socket) => {
      receiver.onConnection = null;
      // First, so that nobody is left to note that the connection broke.
      world.kill().then(resolve, reject);
      socket.destroy();
    };
  });
}

async function killBeforeAnswer(world: CrashWorld, receiver: Receiver): Promise<void> {
  let answer = (): void => undefined;
  receiver.held = new Promise((resolve) => (answer = resolve));
  await received(receiver);
  await world.kill();
  receiver.held = null;
  answer();
}

async function killAfterAnswer(world: CrashWorld, receiver: Receiver): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    receiver.onAnswered = () => {
      receiver.onAnswered = null;
      world.kill().then(resolve, reject);
    };
  });
}

/** Rejects where nothing was on its way in time. */
async function soon(killed: Promise<void>): Promise<void> {
  const ended = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: ended.signal }).then(() => {
    throw new Error('no message was on its way');
  });
  try {
    await Promise.race([killed, late]);
  } finally {
    ended.abort();
    late.catch(() => undefined);
  }
}

async function received(receiver: Receiver): Promise<void> {
  const before = receiver.received.length;
  const problem = await eventually(
    () => Promise.resolve(receiver.received.length > before ? null : 'nothing came'),
    PATIENCE_MS,
  );
  if (problem !== null) throw new Error(problem);
}

/** Oldest first, from the store itself. */
async function deliveriesOf({ place }: CrashWorld) {
  const store = openToRead(place);
  try {
    return await store.db
      .selectFrom('alert_messages as message')
      .innerJoin('alert_deliveries as delivery', 'delivery.message_id', 'message.id')
      .select(['message.id', 'message.kind', 'delivery.state', 'delivery.channel'])
      .where('rule_name', '=', RULE)
      .orderBy('message.created_at')
      .execute();
  } finally {
    await store.close();
  }
}

async function toldOnce(world: CrashWorld, messages: number): Promise<Problem> {
  const rows = await deliveriesOf(world);
  const told = rows.map(({ kind, state }) => `${kind} ${state}`).join(', ');
  const expected = Array.from({ length: messages }, (_, nth) =>
    nth % 2 === 0 ? 'firing delivered' : 'resolved delivered',
  ).join(', ');
  return told === expected ? null : `in the record are ${told || 'none'}`;
}

async function wrongOnTheWire(world: CrashWorld, { received: all }: Receiver): Promise<Problem> {
  const own = all.filter(({ message }) => message.data.rule.name === RULE);
  if (own.some(({ isSigned }) => !isSigned)) return 'one is not signed';
  const stored = (await deliveriesOf(world)).map(({ id }) => id).toSorted();
  const wire = [...new Set(own.map(({ id }) => id))].toSorted();
  return wire.join() === stored.join() ? null : `received ${wire.join()}, stored ${stored.join()}`;
}

async function doubledAlerts({ place }: CrashWorld, expected: number): Promise<Problem> {
  const store = openToRead(place);
  try {
    const rows = await store.db.selectFrom('alerts').select('id').where('rule_name', '=', RULE).execute();
    return rows.length === expected ? null : `there are ${rows.length}, not ${expected}`;
  } finally {
    await store.close();
  }
}
