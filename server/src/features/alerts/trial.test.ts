import type { AlertCondition } from '@cyclorama/shared/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';

import { isoOf } from '../../lib/clock.ts';
import { appendQueueLengths } from '../../store/queue-history.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { containerNode, domainNode, instanceNode, nodeTexts } from './alerts.fixture.ts';
import { createPastOf } from './past/intervals.ts';
import { createNodeReader } from './sources/nodes.ts';
import { createTrial } from './trial.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 1);
const NOW = START + 10 * HOUR;

describeOnEachEngine('a rule tried on the past', (bench) => {
  let walked: [at: number, id: string, node: ReturnType<typeof instanceNode> | null][] = [];
  let memory: (number | null)[] = [];
  /** Of the instances that are not named here as of all of them. */
  let memoryOf: Record<string, (number | null)[]> = {};
  let now = [instanceNode('i1')] as TopologyNode[];
  const step = 10 * MINUTE;
  const trial = (condition: AlertCondition, forMinutes = 0) =>
    createTrial({
      db: bench.store.db,
      clock: { now: () => NOW },
      nodes: createNodeReader(
        () => nodeTexts(...now),
        () => 1,
      ),
      robotType: () => 'misty',
      walkHistory: (_, visit) => {
        for (const [at, id, node] of walked) visit(at, id, node);
        return Promise.resolve(walked[0]?.[0] ?? null);
      },
      telemetry: (id, { to }) =>
        Promise.resolve({
          freshness: { state: 'live', asOf: null, failingSince: null, reason: null },
          from: START,
          to,
          stepMs: step,
          intervalMs: step,
          times: memory.map((_, index) => START + index * step),
          series: [
            { id, name: id, values: { memory: memoryOf[id] ?? memory, memoryLimit: memory.map(() => 100) } },
          ],
          notMeasured: [],
          notMeasuredReason: null,
          byKey: [],
          latestAt: null,
          settledTo: to,
        }),
    })({
      id: '',
      name: 'tried',
      severity: 'info',
      condition,
      scope: { objects: [], names: [], deployments: [] },
      forMs: forMinutes * MINUTE,
    });
  const unhealthy = (id: string) => instanceNode(id, { health: 'unhealthy' });

  it('says when it would have fired, and when that would have been over', async () => {
    walked = [
      [START, 'i1', instanceNode('i1')],
      [START + HOUR, 'i1', unhealthy('i1')],
      [START + HOUR + 4 * MINUTE, 'i1', instanceNode('i1')],
      [START + 2 * HOUR, 'i1', unhealthy('i1')],
      [START + 3 * HOUR, 'i1', instanceNode('i1')],
      [START + 9 * HOUR, 'i2', unhealthy('i2')],
    ];
    const answer = await trial({ kind: 'instance-state', is: 'unhealthy' }, 5);
    expect(answer).toMatchObject({ from: isoOf(START), limits: null, total: 2 });
    expect(answer.times.map(({ of, firedAt, resolvedAt }) => [of.id, firedAt, resolvedAt])).toEqual([
      ['i2', isoOf(START + 9 * HOUR + 5 * MINUTE), null],
      ['i1', isoOf(START + 2 * HOUR + 5 * MINUTE), isoOf(START + 3 * HOUR)],
    ]);
  });

  it('sees a certificate come close to its end though nothing changed', async () => {
    const ends = NOW + 14 * 24 * HOUR - HOUR;
    walked = [[START, 'd1', domainNode('d1', isoOf(ends)) as never]];
    const { times } = await trial({ kind: 'certificate', daysLeft: 14 });
    expect(times).toMatchObject([{ of: { id: 'd1' }, firedAt: isoOf(NOW - HOUR), resolvedAt: null }]);
  });

  it('says so where nothing is on record, or the past is not kept', async () => {
    walked = [];
    expect(await trial({ kind: 'instance-state', is: 'failed' })).toMatchObject({
      total: 0,
      limits: 'Nothing of the environment is on record yet.',
    });
    for (const condition of [{ kind: 'collector' }, { kind: 'pool' }] as const)
      expect((await trial(condition)).limits).toMatch(/is not kept/);
  });

  it('sees measures, and takes a gap for nothing new', async () => {
    memory = [50, 96, 97, null, 98, 50, 99, 40];
    const condition = { kind: 'measure', measure: 'memoryShare', than: 'above', threshold: 95 } as const;
    const { total, times } = await trial(condition, 30);
    expect(total).toBe(1);
    expect(times[0]).toMatchObject({
      firedAt: isoOf(START + step + 30 * MINUTE),
      resolvedAt: isoOf(START + 5 * step),
    });
  });

  it('sees what a container’s instances used together, and takes a silent server for nothing new', async () => {
    now = [
      containerNode('c1'),
      containerNode('c2'),
      instanceNode('i1'),
      instanceNode('i2', { serverId: 's2' }),
      instanceNode('i3', { containerId: 'c2' }),
    ];
    memory = [10, 10, 10, 10, 10, 10, 10, 10];
    memoryOf = { i1: [50, 90, 95, 95, 50, 90, 20, 20], i2: [40, 30, 10, null, 60, 5, 90, 10] };
    const group = { kind: 'group-measure', of: 'container', than: 'above', threshold: 100 } as const;
    const sum = await trial({ ...group, by: 'sum', measure: 'memory' });
    expect(sum.times.map(({ of, firedAt, resolvedAt }) => [of.id, firedAt, resolvedAt])).toEqual([
      ['c1', isoOf(START + 6 * step), isoOf(START + 7 * step)],
      ['c1', isoOf(START + step), isoOf(START + 5 * step)],
    ]);
    const share = await trial({ ...group, by: 'sum', measure: 'memoryShare', threshold: 52 });
    expect(share.times.map(({ firedAt }) => firedAt)).toEqual([isoOf(START + 6 * step), isoOf(START + step)]);
    expect((await trial({ ...group, by: 'mean', measure: 'memory', threshold: 56 })).total).toBe(1);
    expect((await trial({ ...group, of: 'server', by: 'sum', measure: 'memory' })).total).toBe(0);
  });

  it('sees queues as they were', async () => {
    const lengths = [1, 5, 2, 6];
    const rows = lengths.map((length, index) => ({ deployment_id: 'd1', at: START + index * HOUR, length }));
    await appendQueueLengths(bench.store.db, rows);
    const { total, times } = await trial({ kind: 'queue', robotType: 'misty', above: 4 }, 10);
    expect([total, times.map(({ resolvedAt }) => resolvedAt)]).toEqual([2, [null, isoOf(START + 2 * HOUR)]]);
    expect((await trial({ kind: 'queue', robotType: 'other', above: 4 })).total).toBe(0);
  });
});

it('a time shorter than the rule asks for fires nothing', () => {
  const past = createPastOf(MINUTE);
  const of = { kind: 'instance', id: 'i1', name: 'i1' };
  past.begin(of, 0);
  past.end('i1', MINUTE - 1);
  past.begin(of, 2 * MINUTE);
  past.end('i1', 3 * MINUTE);
  expect(past.finish(10 * MINUTE)).toEqual([{ of, firedAt: 3 * MINUTE, resolvedAt: 3 * MINUTE }]);
});
