import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { endObjectEvent, listObjectEvents, pruneObjectEvents, writeObjectEvents } from './object-events.ts';
import type { NewObjectEvent } from './object-events.ts';

const event = (key: string, over: Partial<NewObjectEvent> = {}): NewObjectEvent => ({
  natural_key: key,
  at: 1_000,
  ended_at: null,
  object_kind: 'instance',
  object_id: 'i1',
  object_name: 'api-1',
  container_id: 'c1',
  kind: 'state',
  value_before: 'running',
  value_after: 'failed',
  outcome: 'failed',
  actor: null,
  detail: null,
  ...over,
});

describeOnEachEngine('the events of objects', (bench) => {
  it('are stored once however many servers saw them, listed page by page, and end once', async () => {
    const { db } = bench.store;
    await writeObjectEvents(db, [event('a'), event('b', { outcome: 'started' })]);
    await writeObjectEvents(db, [event('b', { outcome: 'failed' }), event('c', { object_id: 'i2' })]);
    const keys = async (query: Parameters<typeof listObjectEvents>[1]) =>
      (await listObjectEvents(db, query)).map((row) => row.natural_key);
    expect(await keys({ of: 'c1', limit: 9 })).toEqual(['c', 'b', 'a']);
    expect(await keys({ of: 'i1', limit: 1 })).toEqual(['b']);
    const [newest] = await listObjectEvents(db, { limit: 1 });
    expect(await keys({ before: newest?.id ?? 0, limit: 9 })).toEqual(['b', 'a']);

    await endObjectEvent(db, { natural_key: 'b', ended_at: 2_000, outcome: 'done', detail: null });
    await endObjectEvent(db, { natural_key: 'b', ended_at: 3_000, outcome: 'failed', detail: 'late' });
    const [ended] = await listObjectEvents(db, { of: 'i1', limit: 1 });
    expect(ended).toMatchObject({ outcome: 'done', ended_at: 2_000 });
  });

  it('are kept by age and by number', async () => {
    const { db } = bench.store;
    await writeObjectEvents(
      db,
      Array.from({ length: 20 }, (_, index) => event(`n${index}`, { at: 5_000 + index })),
    );
    await pruneObjectEvents(db, 5_000, 10);
    const rows = await listObjectEvents(db, { limit: 99 });
    expect(rows).toHaveLength(10);
    expect(rows.at(-1)?.natural_key).toBe('n10');
  });
});
