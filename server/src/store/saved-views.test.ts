import { expect, it } from 'vitest';

import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import { addPin, countViewsOf, deleteView, dropPin, insertView, pinsOf, viewsFor } from './saved-views.ts';
import type { SavedViewRow } from './saved-views.ts';

const row = (id: string, over: Partial<SavedViewRow> = {}): SavedViewRow => ({
  id,
  owner: 'oscar',
  name: id,
  search: 'fill=age',
  shared: 0,
  created_at: 1_795_000_000_123,
  ...over,
});

describeOnEachEngine('saved views', (bench) => {
  it('are listed for their owner and, shared, for all, and have one name once', async () => {
    const { db } = bench.store;
    for (const view of [row('b'), row('a', { shared: 1 }), row('c', { owner: 'vera', name: 'b' })])
      expect(await insertView(db, view, null)).toEqual(view);
    expect(await insertView(db, row('d', { name: 'b' }), null)).toBeNull();
    expect((await viewsFor(db, 'oscar')).map(({ id }) => id)).toEqual(['a', 'b']);
    expect((await viewsFor(db, 'vera')).map(({ id }) => id)).toEqual(['c', 'a']);
    expect(await countViewsOf(db, 'oscar')).toBe(2);
    expect(await deleteView(db, 'a')).toMatchObject({ id: 'a' });
    expect(await deleteView(db, 'a')).toBeNull();
    expect((await viewsFor(db, 'vera')).map(({ id }) => id)).toEqual(['c']);
  });

  it('leave pins in the order they were made, over a restart too', async () => {
    const pin = (node: string, at: number) => addPin(bench.store.db, { person: 'oscar', node_id: node, at });
    await pin('late', 1_795_000_000_900);
    await pin('early', 1_795_000_000_100);
    await pin('early', 1_795_000_000_999);
    await bench.reopen();
    expect(await pinsOf(bench.store.db, 'oscar')).toEqual(['early', 'late']);
    expect(await pinsOf(bench.store.db, 'vera')).toEqual([]);
    await dropPin(bench.store.db, 'oscar', 'early');
    expect(await pinsOf(bench.store.db, 'oscar')).toEqual(['late']);
  });
});
