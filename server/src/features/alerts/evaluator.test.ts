import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import type { CollectorsResponse } from '@cyclorama/shared/collectors.ts';
import type { Measure } from '@cyclorama/shared/telemetry.ts';
import { beforeEach, describe, expect, it } from 'vitest';

import { isoOf } from '../../lib/clock.ts';
import { addMissingRules, updateAlertRule } from '../../store/alert-rules.ts';
import { openAlerts, resolvedAlerts } from '../../store/alerts.ts';
import { NotLeading, soleLeader } from '../../store/leader.ts';
import { appendQueueLengths } from '../../store/queue-history.ts';
import { claimRow } from '../../testing/builders/claims.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import {
  containerNode,
  coverage,
  domainNode,
  instanceNode,
  nodeTexts,
  ruleRow,
  serverNode,
} from './alerts.fixture.ts';
import { createEvaluator } from './evaluator.ts';
import { createSources } from './feature.ts';
import { createNodeReader } from './sources/nodes.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 1);
const live = { state: 'live', asOf: null, failingSince: null, reason: null } as const;

describeOnEachEngine('alert rules', (bench) => {
  let now = START;
  let nodes: Map<string, string> | null = nodeTexts();
  let values: Partial<Record<Measure, Record<string, number>>> = {};
  let pools: FunctionPool[] = [];
  let servers: CollectorsResponse['servers'] = [];
  let told: string[] = [];
  let ids = 0;
  let reads = 0;
  const clock = { now: () => now };
  const sources = () =>
    createSources({
      db: bench.store.db,
      nodes: createNodeReader(
        () => nodes,
        // Each time another: what a test changes is seen at once.
        () => (reads += 1),
      ),
      pools: () => ({ freshness: live, pools }),
      robotType: (id) => (id === 'd1' ? 'misty' : null),
      latest: (measure) => Promise.resolve(new Map(Object.entries(values[measure] ?? {}))),
      collectors: () => ({ isConfigured: true, servers }),
    });
  // Nothing is kept by it: each is as good as another process.
  const evaluator = (leader: Parameters<typeof createEvaluator>[0]['leader'] = soleLeader) =>
    createEvaluator({
      db: bench.store.db,
      leader,
      sources: sources(),
      clock,
      hub: { publish: ({ type }) => void told.push(type) },
      logger: {
        warn: (about: object) => {
          throw new Error('expected no warning', { cause: about });
        },
      },
      newId: () => `a${(ids += 1)}`,
      publicUrl: null,
      told: () => Promise.resolve({ isQuiet: false, channels: [] }),
      onTold: () => undefined,
    });
  const after = async (minutes: number, by = evaluator()) => {
    now += minutes * MINUTE;
    await by.round();
    return openAlerts(bench.store.db);
  };
  const states = async (minutes: number, by = evaluator()) =>
    (await after(minutes, by)).map(({ object_id: id, state }) => `${id} ${state}`);
  const over = async () => (await resolvedAlerts(bench.store.db, 100)).rows;
  const unhealthy = (since: number) => ({ health: 'unhealthy' as const, healthSince: isoOf(since) });

  beforeEach(async () => {
    now = START;
    nodes = nodeTexts(instanceNode('i1'), instanceNode('i2'));
    values = {};
    servers = [];
    await evaluator().round();
    const { db } = bench.store;
    await db.deleteFrom('alerts').execute();
    await db.deleteFrom('alert_rules').where('is_built_in', '=', 0).execute();
    await db.updateTable('alert_rules').set({ enabled: 0 }).execute();
    told = [];
  });
  const use = (...rows: ReturnType<typeof ruleRow>[]) => addMissingRules(bench.store.db, rows);

  it('fire once it was so for long enough, and end when it is so no more', async () => {
    await use(ruleRow('r1', { forSeconds: 120 }));
    expect(await states(1)).toEqual([]);
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)), instanceNode('i2'));
    expect(await states(1)).toEqual(['i1 pending']);
    const [fired] = await after(1);
    expect(fired).toMatchObject({
      state: 'firing',
      since: now - 2 * MINUTE,
      fired_at: now,
      detail: 'unhealthy',
    });
    const changes = told.length;
    expect(await states(1)).toEqual(['i1 firing']);
    expect(told).toHaveLength(changes);
    nodes = nodeTexts(instanceNode('i1'), instanceNode('i2'));
    expect(await states(1)).toEqual([]);
    expect(await over()).toMatchObject([
      { id: fired?.id, resolved_at: now, resolved_because: 'It is so no longer.' },
    ]);
  });

  it('leave no trace of what did not last', async () => {
    await use(ruleRow('r1'));
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)));
    expect(await states(0.5)).toEqual(['i1 pending']);
    nodes = nodeTexts(instanceNode('i1'));
    expect(await states(0.1)).toEqual([]);
    expect(await over()).toEqual([]);
  });

  it('go on in another process where the one before was, each alert once', async () => {
    await use(ruleRow('r1', { forSeconds: 120 }));
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)));
    const [pending] = await after(1, evaluator());
    const [fired] = await after(1, evaluator());
    expect([pending?.state, fired?.state, fired?.id]).toEqual(['pending', 'firing', pending?.id]);
    await Promise.all([evaluator().round(), evaluator().round(), evaluator().round()]);
    expect(await states(1)).toEqual(['i1 firing']);
  });

  it('are written by who leads only', async () => {
    await use(ruleRow('r1', { forSeconds: 0 }));
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)));
    expect(await states(1, evaluator({ ...soleLeader, isLeader: () => false }))).toEqual([]);
    const deposed = { isLeader: () => true, fence: () => Promise.reject(new NotLeading('gone')) };
    expect(await states(1, evaluator(deposed))).toEqual([]);
    expect(await states(1)).toEqual(['i1 firing']);
  });

  it('tell nothing new while nobody knows how the environment is', async () => {
    await use(ruleRow('r1', { forSeconds: 0 }));
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)));
    expect(await states(1)).toEqual(['i1 firing']);
    nodes = null;
    expect(await states(60)).toEqual(['i1 firing']);
    nodes = nodeTexts();
    expect(await states(1)).toEqual([]);
  });

  it('end when they are switched off, and when they are gone', async () => {
    const { db } = bench.store;
    await use(ruleRow('r1', { forSeconds: 0 }), ruleRow('r2', { forSeconds: 0 }));
    nodes = nodeTexts(instanceNode('i1', unhealthy(now)));
    expect(await states(1)).toEqual(['i1 firing', 'i1 firing']);
    await updateAlertRule(db, 'r1', { enabled: 0 });
    await db.deleteFrom('alert_rules').where('id', '=', 'r2').execute();
    expect(await states(1)).toEqual([]);
    expect((await over()).map((row) => row.resolved_because ?? '').toSorted()).toEqual([
      'Its rule was deleted.',
      'Its rule was switched off.',
    ]);
  });

  it('see what is in their scope: instances of a container, a server, a deployment', async () => {
    const scopes = [{ objects: ['i1'] }, { objects: ['c2'] }, { objects: ['s9'] }, { deployments: ['v2'] }];
    const full = scopes.map((scope) => ({ objects: [], names: [], deployments: [], ...scope }));
    await use(...full.map((scope, index) => ruleRow(`r${index}`, { forSeconds: 0, scope })));
    const is = unhealthy(now);
    nodes = nodeTexts(
      instanceNode('i1', is),
      instanceNode('i2', { ...is, containerId: 'c2' }),
      instanceNode('i3', { ...is, serverId: 's9' }),
      instanceNode('i4', { ...is, deployment: 'v2' }),
    );
    const found = (await after(1)).map((row) => `${row.rule_id} ${row.object_id}`);
    expect(found.toSorted()).toEqual(['r0 i1', 'r1 i2', 'r2 i3', 'r3 i4']);
  });

  it('see certificates by their days left, without anything changing', async () => {
    const condition = { kind: 'certificate', daysLeft: 14 } as const;
    await use(ruleRow('r1', { condition, forSeconds: 0 }));
    nodes = nodeTexts(domainNode('d1', isoOf(START + 14 * 86_400_000 + 10 * MINUTE)));
    expect(await states(9)).toEqual([]);
    expect(await after(2)).toMatchObject([
      { object_id: 'd1', state: 'firing', detail: 'the certificate ends on 2026-11-15' },
    ]);
  });

  it('see measures; one that is not measured now keeps its alert', async () => {
    const condition = { kind: 'measure', measure: 'memoryShare', than: 'above', threshold: 95 } as const;
    await use(ruleRow('r1', { condition, forSeconds: 60 }));
    const limit = 1024 ** 2;
    values = { memory: { i1: 0.97 * limit, i2: 0.5 * limit }, memoryLimit: { i1: limit, i2: limit } };
    expect(await states(1)).toEqual(['i1 pending']);
    expect(await after(1)).toMatchObject([{ object_id: 'i1', state: 'firing', detail: '97 %' }]);
    values = { memory: { i2: 0.5 * limit }, memoryLimit: { i2: limit } };
    expect(await states(1)).toEqual(['i1 firing']);
    nodes = nodeTexts(
      instanceNode('i1', { state: { current: 'stopped', changed: null, error: null } }),
      instanceNode('i2'),
    );
    expect(await states(1)).toEqual([]);
  });

  it('see a server nobody reports from any more', async () => {
    await use(ruleRow('r1', { condition: { kind: 'collector' }, forSeconds: 300 }));
    const server = {
      serverId: 's1',
      hostname: 'host-1',
      instances: 3,
      by: 'collector' as const,
      since: null,
      lastSampleAt: null,
      instanceId: null,
      version: null,
      waiting: 0,
      dropped: 0,
      reason: null,
    };
    servers = [{ ...server, state: 'silent', lastReportAt: isoOf(START - 3 * MINUTE) }];
    expect(await states(1)).toEqual(['s1 pending']);
    expect(await after(1)).toMatchObject([{ object_name: 'host-1', state: 'firing' }]);
    servers = [{ ...server, state: 'reporting', lastReportAt: isoOf(now) }];
    expect(await states(1)).toEqual([]);
  });

  it('see queues, pools, failed claims and ages', async () => {
    const { db } = bench.store;
    await use(
      ruleRow('r1', { condition: { kind: 'queue', robotType: 'misty', above: 2 }, forSeconds: 0 }),
      ruleRow('r2', { condition: { kind: 'pool' }, forSeconds: 0 }),
      ruleRow('r3', { condition: { kind: 'claims', failures: 2, minutes: 30 }, forSeconds: 0 }),
      ruleRow('r4', { condition: { kind: 'age', of: 'claim', hours: 1 }, forSeconds: 0 }),
    );
    const pool = {
      containerId: 'c1',
      name: 'Render',
      enabled: true,
      instances: 2,
      ours: 2,
      others: 0,
      idle: 0,
      notReady: 0,
      maxPoolSize: null,
      maxRuntimeSeconds: null,
      maxQueueTimeSeconds: null,
      longestWaitSeconds: null,
    };
    await appendQueueLengths(db, [{ deployment_id: 'd1', at: now, length: 3 }]);
    const failed = { failure_code: 'x', failure_message: 'x', state: 'lost' as const, ended_at: now };
    await db
      .insertInto('claims')
      .values([
        claimRow({ id: 'k1', container_id: 'c1', requested_at: now, ...failed }),
        claimRow({ id: 'k2', container_id: 'c1', requested_at: now, ...failed }),
        claimRow({ id: 'k3', container_id: 'c1', requested_at: now - 60 * MINUTE, ended_at: null }),
      ])
      .execute();
    pools = [pool];
    const found = (await after(1)).map((row) => `${row.rule_id} ${row.object_kind} ${row.object_id}`);
    expect(found.toSorted()).toEqual([
      'r1 deployment d1',
      'r2 container c1',
      'r3 container c1',
      'r4 claim k3',
    ]);
    pools = [{ ...pool, idle: 1 }];
    await appendQueueLengths(db, [{ deployment_id: 'd1', at: now, length: 0 }]);
    expect(await states(31)).toEqual(['k3 firing']);
    pools = [];
  });

  it('see what all instances of a container or on a server use together', async () => {
    const cpu = { kind: 'group-measure', measure: 'cpu', than: 'above' } as const;
    await use(
      ruleRow('sum', { condition: { ...cpu, of: 'container', by: 'sum', threshold: 150 }, forSeconds: 0 }),
      ruleRow('mean', { condition: { ...cpu, of: 'server', by: 'mean', threshold: 85 }, forSeconds: 0 }),
      ruleRow('share', {
        condition: { ...cpu, measure: 'memoryShare', of: 'container', by: 'sum', threshold: 50 },
        scope: { objects: [], names: ['AP*'], deployments: [] },
        forSeconds: 0,
      }),
    );
    nodes = nodeTexts(
      containerNode('c1', { name: 'api' }),
      containerNode('c2', { name: 'web' }),
      serverNode('s1'),
      serverNode('s2'),
      instanceNode('i1'),
      instanceNode('i2', { serverId: 's2' }),
      instanceNode('i3', { containerId: 'c2', serverId: 's2' }),
    );
    servers = ['s1', 's2'].map((id) => coverage(id));
    values = {
      cpu: { i1: 90, i2: 70, i3: 80 },
      memory: { i1: 60, i2: 10, i3: 90 },
      memoryLimit: { i1: 100, i2: 20, i3: 100 },
    };
    const seen = async () =>
      (await after(1)).map((row) => `${row.rule_id} ${row.object_id} ${row.detail}`).toSorted();
    const all = [
      'mean s1 90 %, mean of 1 instance',
      'share c1 58.3 %, all of 2 instances',
      'sum c1 160 %, sum of 2 instances',
    ];
    expect(await seen()).toEqual(all);
    // Of a server that is read nothing comes: who knows what it would add.
    values = { cpu: { i1: 90 }, memory: { i1: 1 }, memoryLimit: { i1: 100 } };
    expect(await seen()).toEqual(all);
    // Nobody reads it: what is measured is all there is to see.
    servers = [coverage('s1')];
    expect(await seen()).toEqual(['mean s1 90 %, mean of 1 instance']);
    values = {};
    expect(await seen()).toEqual(['mean s1 90 %, mean of 1 instance']);
    nodes = nodeTexts(serverNode('s1'));
    expect(await seen()).toEqual([]);
  });

  it('fire for a sum that is too much already, whatever else there is', async () => {
    const condition = {
      kind: 'group-measure',
      of: 'container',
      by: 'sum',
      measure: 'cpu',
      threshold: 150,
    } as const;
    await use(
      ruleRow('above', { condition: { ...condition, than: 'above' }, forSeconds: 0 }),
      ruleRow('below', { condition: { ...condition, than: 'below', threshold: 500 }, forSeconds: 0 }),
    );
    nodes = nodeTexts(
      containerNode('c1'),
      instanceNode('i1'),
      instanceNode('i2', { serverId: 's2' }),
      instanceNode('i3', { serverId: 's2', state: { current: 'stopped', changed: null, error: null } }),
    );
    servers = ['s1', 's2'].map((id) => coverage(id));
    values = { cpu: { i1: 200 } };
    expect((await after(1)).map((row) => row.rule_id)).toEqual(['above']);
    values = { cpu: { i1: 200, i2: 1 } };
    expect((await after(1)).map((row) => row.rule_id).toSorted()).toEqual(['above', 'below']);
  });

  it('fire for a thousand objects at once, each once', async () => {
    await use(ruleRow('r1', { forSeconds: 0 }));
    const many = Array.from({ length: 1_000 }, (_, index) => instanceNode(`m${index}`, unhealthy(now)));
    nodes = nodeTexts(...many);
    expect(new Set(await states(1)).size).toBe(1_000);
    nodes = nodeTexts();
    expect(await states(1)).toEqual([]);
    expect((await resolvedAlerts(bench.store.db, 1)).total).toBe(1_000);
  });
});

describe('rules that come with the product', () => {
  it('say what they watch', async () => {
    const { builtInRules } = await import('./built-in.ts');
    const { presentRule } = await import('./rule.ts');
    const rules = builtInRules(START).map((row) => presentRule(row, { firing: 0, blind: null }));
    expect(rules).not.toContain(null);
    expect(new Set(rules.map((rule) => rule?.id)).size).toBe(rules.length);
  });
});
