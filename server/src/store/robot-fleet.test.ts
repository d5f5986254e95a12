import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import {
  appendQueueLengths,
  lastQueueLengths,
  pruneQueueLengths,
  queueLengthsSince,
} from './queue-history.ts';
import {
  dropWatch,
  dropWatchesBefore,
  isWatching,
  keepWatch,
  listWatches,
  takeWatchers,
} from './robot-watches.ts';

const T0 = 1_795_000_200_000;

describeOnEachEngine('the record of robots', (bench) => {
  it('keeps queue lengths, the first of two at one moment, and tells what held when a span began', async () => {
    const { db } = bench.store;
    const point = (at: number, length: number | null, deployment_id = 'd1') => ({
      deployment_id,
      at: T0 + at,
      length,
    });
    await appendQueueLengths(db, []);
    await appendQueueLengths(db, [point(0, 1), point(10, 2), point(20, null), point(5, 7, 'd2')]);
    await appendQueueLengths(db, [point(10, 9), point(30, 0)]);
    expect(await queueLengthsSince(db, 'd1', T0 - 1)).toEqual([
      point(0, 1),
      point(10, 2),
      point(20, null),
      point(30, 0),
    ]);
    expect(await queueLengthsSince(db, 'd1', T0 + 15)).toEqual([point(15, 2), point(20, null), point(30, 0)]);
    expect(await queueLengthsSince(db, 'd3', T0)).toEqual([]);
    const last = await lastQueueLengths(db);
    expect(last.toSorted((a, b) => a.deployment_id.localeCompare(b.deployment_id))).toEqual([
      point(30, 0),
      point(5, 7, 'd2'),
    ]);
  });

  it('forgets old queue lengths, but not what still holds', async () => {
    await pruneQueueLengths(bench.store.db, T0 + 25);
    expect((await queueLengthsSince(bench.store.db, 'd1', T0 - 1)).map(({ at }) => at - T0)).toEqual([30]);
    expect((await queueLengthsSince(bench.store.db, 'd2', T0 - 1)).map(({ length }) => length)).toEqual([7]);
  });

  it('gives each watcher up once, however many ask, and only those asked for', async () => {
    const { db } = bench.store;
    for (const person of ['ada', 'oscar', 'vera']) {
      await keepWatch(db, { deployment_id: 'd1', person, since: T0 });
    }
    await keepWatch(db, { deployment_id: 'd1', person: 'vera', since: T0 + 9 });
    expect((await listWatches(db)).map(({ person, since }) => [person, since - T0])).toEqual([
      ['ada', 0],
      ['oscar', 0],
      ['vera', 9],
    ]);
    expect(await takeWatchers(db, 'd1', [])).toEqual([]);
    const taken = await Promise.all([1, 2].map(() => takeWatchers(db, 'd1', ['oscar', 'olga'])));
    expect(taken.flat()).toEqual(['oscar']);
    await dropWatchesBefore(db, T0 + 5);
    expect([await isWatching(db, 'd1', 'ada'), await isWatching(db, 'd1', 'vera')]).toEqual([false, true]);
    await dropWatch(db, 'd1', 'vera');
    expect(await listWatches(db)).toEqual([]);
  });
});
