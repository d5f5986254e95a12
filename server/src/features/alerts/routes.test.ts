import {
  alert,
  alertRule,
  alertRulesResponse,
  alertsResponse,
  alertsSummary,
  alertTrial,
} from '@cyclorama/shared/alerts.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { errorOf, startTestServer } from '../../testing/server.fixture.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { ruleRequest } from './alerts.fixture.ts';

const RULE = paths.alertRule('instance-failed');
let server: TestServer;
let oscar: Browser;
let instanceId: string;
beforeAll(async () => {
  server = await startTestServer();
  oscar = await server.signIn('oscar');
  const nodes = await vi.waitFor(async () => {
    const { nodes: all } = (await (await oscar.get(paths.topology())).json()) as {
      nodes: { id: string; kind: string; isFunction?: boolean; service?: string | null; state?: object }[];
    };
    if (all.length <= 10) throw new Error('the environment was not read yet');
    return all;
  }, 30_000);
  instanceId =
    nodes.find(
      ({ kind, isFunction, service, state }) =>
        kind === 'instance' &&
        isFunction === false &&
        service === null &&
        JSON.stringify(state).includes('"current":"running"'),
    )?.id ?? '';
}, 120_000);
afterAll(() => server.close());

const failedNow = { ...ruleRequest(), condition: { kind: 'instance-state', is: 'failed' }, forSeconds: 0 };
const open = async () => alertsResponse.parse(await (await oscar.get(paths.alerts())).json()).alerts;
const summary = async () => alertsSummary.parse(await (await oscar.get(paths.alertsSummary())).json());
const rules = async () => alertRulesResponse.parse(await (await oscar.get(paths.alertRules())).json()).rules;
const ofInstance = async () => (await open()).find(({ of }) => of.id === instanceId);

describe('alerts over the simulated environment', () => {
  it('begin with rules that a team wants, changed on record by name', async () => {
    const sees = { id: 'certificate-ends', enabled: true, changedBy: null, blind: null };
    await vi.waitFor(async () => expect(await rules()).toContainEqual(expect.objectContaining(sees)), 30_000);
    const changed = await oscar.put(RULE, { body: { ...failedNow, name: ' Failed now ' } });
    expect([changed.status, ((await changed.json()) as { name: string }).name]).toEqual([200, 'Failed now']);
    const { entries } = await server.activity.page({ limit: 5, action: 'alert-rule' });
    expect(entries[0]).toMatchObject({ actor: 'oscar', action: 'alert-rule.change', outcome: 'done' });
  });

  it('fire, are acknowledged by name once, and end', async () => {
    const seen: string[] = [];
    const unsubscribe = server.hub.subscribe(({ type }) => void seen.push(type));
    server.simulator.happen({ kind: 'instance.fail', id: instanceId, message: 'exit code 21' });
    const fired = await vi.waitFor(
      async () => {
        const one = await ofInstance();
        expect(one).toMatchObject({ state: 'firing', detail: expect.stringContaining('exit code 21') });
        return one;
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(seen).toContain('alerts');
    unsubscribe();
    const before = await summary();
    expect(before.unacknowledged).toBeGreaterThan(0);
    const path = paths.alertAcknowledge(fired?.id ?? '');
    const done = alert.parse(await (await oscar.post(path, { body: { note: 'on it' } })).json());
    expect(done.acknowledged).toMatchObject({ by: 'oscar', note: 'on it' });
    expect(await summary()).toMatchObject({
      firing: before.firing,
      unacknowledged: before.unacknowledged - 1,
    });
    const again = await oscar.post(path, { body: {} });
    expect([again.status, (await errorOf(again)).message]).toEqual([
      409,
      'It is acknowledged already. Nothing was changed.',
    ]);
    server.simulator.happen({ kind: 'instance.start', id: instanceId });
    await vi.waitFor(async () => expect(await ofInstance()).toBeUndefined(), {
      timeout: 60_000,
      interval: 200,
    });
    const one = alert.parse(await (await oscar.get(paths.alert(fired?.id ?? ''))).json());
    expect(one).toMatchObject({ id: fired?.id, state: 'resolved', acknowledged: { note: 'on it' } });
    expect((await oscar.get(paths.alert('none'))).status).toBe(404);
    const answer = await oscar.get(`${paths.alerts()}?state=resolved`);
    const over = alertsResponse.parse(await answer.json()).alerts;
    expect(over.find(({ id }) => id === fired?.id)).toMatchObject({
      state: 'resolved',
      acknowledged: { by: 'oscar' },
    });
  }, 150_000);

  it('are made once by a request that comes twice, tried on the past, and deleted', async () => {
    const headers = { 'idempotency-key': 'alert-rule-once' };
    const body = ruleRequest({ name: 'Own' });
    const twice = [
      await oscar.post(paths.alertRules(), { body, headers }),
      await oscar.post(paths.alertRules(), { body, headers }),
    ];
    const [first, second] = await Promise.all(
      twice.map(async (answer) => alertRule.parse(await answer.json())),
    );
    expect([twice.map(({ status }) => status), second?.id]).toEqual([[201, 201], first?.id]);
    const tried = await oscar.post(paths.alertRulesTry(), { body });
    expect([tried.status, alertTrial.parse(await tried.json()).total]).toEqual([200, expect.any(Number)]);
    expect((await rules()).filter(({ name }) => name === 'Own')).toHaveLength(1);
    expect((await oscar.del(paths.alertRule(first?.id ?? ''))).status).toBe(204);
    const kept = await oscar.del(RULE);
    expect([kept.status, (await errorOf(kept)).message]).toEqual([
      409,
      'This rule comes with the product. It was not deleted.',
    ]);
  });

  it('refuse what is no rule, by the name of the field', async () => {
    const bad = [
      [{ ...failedNow, forSeconds: -1 }, 'body.forSeconds'],
      [{ ...failedNow, name: ' ' }, 'body.name'],
      [{ ...failedNow, condition: { kind: 'certificate', daysLeft: 1.5 } }, 'body.condition.daysLeft'],
    ] as const;
    for (const [body, field] of bad) {
      const answer = await oscar.put(RULE, { body });
      expect([answer.status, (await errorOf(answer)).field]).toEqual([400, field]);
    }
    expect((await oscar.put(paths.alertRule('none'), { body: failedNow })).status).toBe(404);
    const vera = await server.signIn('vera');
    expect((await vera.put(RULE, { body: failedNow })).status).toBe(403);
  });
});
