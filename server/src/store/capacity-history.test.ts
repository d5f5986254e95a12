import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import {
  appendCapacity,
  capacitySince,
  countMarks,
  firstCapacityAt,
  pruneCapacity,
} from './capacity-history.ts';
import { createObjectEventWriter } from './write-object-events.ts';

const MINUTE = 60_000;
const row = (minute: number, running: number) => ({
  at: minute * MINUTE,
  failed: 0,
  unhealthy: 0,
  not_ready: 0,
  changing: 0,
  stopped: 1,
  running,
});

describeOnEachEngine('the history of capacity', (bench) => {
  it('has one row a minute however many servers count, and ends where it is pruned', async () => {
    const { db } = bench.store;
    expect(await firstCapacityAt(db)).toBeNull();
    for (const each of [row(1, 5), row(1, 4), row(2, 6), row(3, 7)]) await appendCapacity(db, each);
    expect(await capacitySince(db, 2 * MINUTE)).toEqual([row(2, 6), row(3, 7)]);
    expect(await capacitySince(db, 0)).toContainEqual(row(1, 5));
    await pruneCapacity(db, 2 * MINUTE);
    expect(await firstCapacityAt(db)).toBe(2 * MINUTE);
  });

  it('counts deployments, failures and recoveries in bins, and nothing else', async () => {
    const { db } = bench.store;
    const event = (
      minute: number,
      kind: 'deployment' | 'state' | 'restart',
      outcome: 'failed' | 'recovered' | 'done',
    ) => ({
      natural_key: `${minute} ${kind} ${outcome}`,
      at: minute * MINUTE,
      ended_at: null,
      object_kind: kind === 'deployment' ? ('container' as const) : ('instance' as const),
      object_id: 'o',
      object_name: 'o',
      container_id: null,
      kind,
      value_before: null,
      value_after: null,
      outcome,
      actor: null,
      detail: null,
    });
    await createObjectEventWriter(db)([
      event(1, 'state', 'failed'),
      event(31, 'state', 'failed'),
      event(59, 'restart', 'recovered'),
      event(59, 'deployment', 'done'),
      event(95, 'restart', 'done'),
    ]);
    const stepMs = 30 * MINUTE;
    expect(await countMarks(db, { since: 0, stepMs })).toEqual([
      { bin: 0, deployments: 0, failures: 1, recoveries: 0 },
      { bin: 1, deployments: 1, failures: 1, recoveries: 1 },
    ]);
    expect(await countMarks(db, { since: 40 * MINUTE, stepMs })).toMatchObject([{ bin: 1, failures: 0 }]);
  });
});
