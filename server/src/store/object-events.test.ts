import { expect, it } from 'vitest';

import { objectEventRow } from '../testing/builders/object-events.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { endObjectEvent, listObjectEvents, pruneObjectEvents } from './object-events.ts';
import type { NewObjectEvent } from './object-events.ts';
import { createObjectEventWriter } from './write-object-events.ts';

const event = (key: string | null, over: Partial<NewObjectEvent> = {}) =>
  objectEventRow({ natural_key: key, ...over });

describeOnEachEngine('the events of objects', (bench) => {
  it('are stored once however many servers saw them, listed page by page, and end once', async () => {
    const { db } = bench.store;
    const write = createObjectEventWriter(db);
    await write([event('a'), event('b', { outcome: 'started' })]);
    await write([event('b', { outcome: 'failed' }), event('c', { object_id: 'i2' })]);
    const keys = async (query: Parameters<typeof listObjectEvents>[1]) =>
      (await listObjectEvents(db, query)).map((row) => row.natural_key);
    expect(await keys({ of: 'c1', limit: 9 })).toEqual(['c', 'b', 'a']);
    expect(await keys({ of: 'i1', limit: 1 })).toEqual(['b']);
    const [newest] = await listObjectEvents(db, { limit: 1 });
    expect(await keys({ before: newest?.id ?? 0, limit: 9 })).toEqual(['b', 'a']);

    const of = { natural_key: 'b' };
    await endObjectEvent(db, { of, ended_at: 2_000, outcome: 'done', detail: null });
    await endObjectEvent(db, { of, ended_at: 3_000, outcome: 'failed', detail: 'late' });
    const [ended] = await listObjectEvents(db, { of: 'i1', limit: 1 });
    expect(ended).toMatchObject({ outcome: 'done', ended_at: 2_000 });
  });

  it('are narrowed to those from a time on, and to those worth a mark', async () => {
    const { db } = bench.store;
    const of = { object_id: 'marked', container_id: null };
    await createObjectEventWriter(db)([
      event('m1', { ...of, at: 1_000 }),
      event('m2', { ...of, at: 2_000, value_after: 'stopping', outcome: 'changed' }),
      event('m3', { ...of, at: 3_000, kind: 'scaling', value_after: '4', outcome: 'changed' }),
      event('m4', { ...of, at: 4_000, kind: 'restart', outcome: 'recovered' }),
    ]);
    const keys = async (query: object) =>
      (await listObjectEvents(db, { of: 'marked', limit: 9, ...query })).map((row) => row.natural_key);
    expect(await keys({ from: 3_000 })).toEqual(['m4', 'm3']);
    expect(await keys({ from: 3_000, to: 3_999 })).toEqual(['m3']);
    expect(await keys({ only: 'notable' })).toEqual(['m4', 'm3', 'm1']);
    expect(await keys({ only: 'notable', from: 1_001, limit: 1 })).toEqual(['m4']);
  });

  it('that no time of the upstream tells apart are stored once, across a minute’s edge and however late', async () => {
    const { db } = bench.store;
    const [here, there] = [createObjectEventWriter(db), createObjectEventWriter(db)];
    const health = (after: string, at: number) =>
      event(null, {
        object_id: 'edge',
        kind: 'health',
        value_before: after === 'healthy' ? 'unhealthy' : 'healthy',
        value_after: after,
        at,
      });
    const values = async () =>
      (await listObjectEvents(db, { of: 'edge', limit: 99 })).map((row) => row.value_after);
    const edge = 600_000;
    await here([health('unhealthy', edge - 1)]);
    await there([health('unhealthy', edge + 1)]);
    expect(await values()).toEqual(['unhealthy']);

    // One is two changes behind the other.
    await here([health('healthy', edge + 5_000)]);
    await here([health('unhealthy', edge + 6_000)]);
    await there([health('healthy', edge + 5_100), health('unhealthy', edge + 6_100)]);
    expect(await values()).toEqual(['unhealthy', 'healthy', 'unhealthy']);

    // The same again, later, is another event.
    await here([health('healthy', edge + 200_000), health('unhealthy', edge + 300_000)]);
    await there([health('healthy', edge + 200_000), health('unhealthy', edge + 300_000)]);
    expect(await values()).toHaveLength(5);
  });

  it('that two write at the same moment are stored once', async () => {
    const { db } = bench.store;
    const of = (n: number) =>
      Array.from({ length: n }, (_, index) =>
        event(null, {
          object_id: `r${index % 7}`,
          container_id: 'race',
          value_before: `${index}`,
          value_after: `${index + 1}`,
        }),
      );
    await Promise.all(Array.from({ length: 4 }, async () => await createObjectEventWriter(db)(of(40))));
    expect(await listObjectEvents(db, { of: 'race', limit: 200 })).toHaveLength(40);
  });

  it('are kept by age and by number', async () => {
    const { db } = bench.store;
    await createObjectEventWriter(db)(
      Array.from({ length: 20 }, (_, index) => event(`n${index}`, { at: 5_000 + index })),
    );
    await pruneObjectEvents(db, { before: 5_000, keep: 10, isWanted: () => true });
    const rows = await listObjectEvents(db, { limit: 99 });
    expect(rows).toHaveLength(10);
    expect(rows.at(-1)?.natural_key).toBe('n10');
  });
});
