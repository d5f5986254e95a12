import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';

import { createRecordSignature } from '../lib/record-signature.ts';
import { newEntry } from '../testing/builders/activity.ts';
import { describeOnEachEngine } from '../testing/engines.fixture.ts';
import type { StoreBench } from '../testing/engines.fixture.ts';
import { appendEntries, hashOfEntry, NO_ENTRY } from './activity-chain.ts';
import type { NewEntry } from './activity-chain.ts';
import { removeOldEntries, RETENTION, summaryOf } from './activity-retention.ts';
import { verifyChain } from './activity-verify.ts';
import { listActivity } from './activity.ts';

const signature = createRecordSignature(['s'.repeat(32)]);
const append = ({ store }: StoreBench, ...entries: NewEntry[]) =>
  store.db.transaction().execute((db) => appendEntries(db, entries));

async function emptied({ store: { db, engine } }: StoreBench): Promise<void> {
  await unguarded({ store: { db, engine } } as StoreBench, async () => {
    await db.deleteFrom('activity').execute();
    await db.updateTable('activity_head').set({ entries: 0, hash: NO_ENTRY, removed_to: 0 }).execute();
  });
}

/** As somebody with full access to the database would. */
async function unguarded({ store: { db, engine } }: StoreBench, work: () => Promise<unknown>): Promise<void> {
  if (engine === 'postgres') {
    await sql`alter table activity disable trigger user`.execute(db);
    await work();
    await sql`alter table activity enable trigger user`.execute(db);
    return;
  }
  const triggers = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'activity'`.execute(db);
  for (const { name } of triggers.rows) await sql`drop trigger ${sql.id(name)}`.execute(db);
  await work();
  for (const trigger of triggers.rows) await sql.raw(trigger.sql).execute(db);
}

describeOnEachEngine('the record', (bench) => {
  beforeEach(() => emptied(bench));

  it('numbers entries without gaps and chains them, however many write at once', async () => {
    const writers = Array.from({ length: 20 }, (_, writer) =>
      append(bench, newEntry({ subject_id: `w${writer}` }), newEntry({ detail: `second of ${writer}` })),
    );
    const failing = bench.store.db.transaction().execute(async (db) => {
      await appendEntries(db, [newEntry()]);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await Promise.all(writers);
    const rows = (await listActivity(bench.store.db, { limit: 100 })).toReversed();
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(rows.map(({ previous }) => previous)).toEqual([
      NO_ENTRY,
      ...rows.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(await verifyChain(bench.store.db, { signature })).toMatchObject({
      entries: 40,
      read: 40,
      failed: 0,
      end: { entry: 40 },
      fault: null,
    });
  });

  it('holds with text that an engine would give back changed', async () => {
    await append(bench, newEntry({ detail: 'nul \0, half a pair \uD800, “quotes”\n', subject_name: '💡' }));
    expect(await verifyChain(bench.store.db, { signature })).toMatchObject({ failed: 0, end: { entry: 1 } });
  });

  it('refuses to change and to delete entries', async () => {
    const { db } = bench.store;
    await append(bench, newEntry());
    await expect(db.updateTable('activity').set({ actor: 'eve' }).execute()).rejects.toThrow(
      /can not be changed/,
    );
    await expect(db.deleteFrom('activity').execute()).rejects.toThrow(/can not be changed/);
    expect(await listActivity(db, { limit: 9 })).toMatchObject([{ actor: 'ada' }]);
  });

  describe('after entries were tampered with', () => {
    beforeEach(() => append(bench, ...[1, 2, 3, 4, 5].map((at) => newEntry({ at }))));

    it.each([
      [
        'one was changed',
        (of: StoreBench) => of.store.db.updateTable('activity').set({ actor: 'eve' }).where('id', '=', 3),
        3,
        'It was changed.',
        1,
      ],
      [
        'one is missing',
        (of: StoreBench) => of.store.db.deleteFrom('activity').where('id', '=', 3),
        3,
        'It is missing.',
        1,
      ],
      [
        'two are missing',
        (of: StoreBench) => of.store.db.deleteFrom('activity').where('id', 'in', [2, 3]),
        2,
        'It and the 1 after it are missing.',
        2,
      ],
      [
        'the last are missing',
        (of: StoreBench) => of.store.db.deleteFrom('activity').where('id', '>', 3),
        4,
        'It and what came after it are missing.',
        2,
      ],
      [
        'the first are missing',
        (of: StoreBench) => of.store.db.deleteFrom('activity').where('id', '<', 3),
        1,
        'It and those after it were removed, and no signed summary says so.',
        1,
      ],
    ])('names the first that does not hold where %s', async (_, tamper, entry, why, failed) => {
      await unguarded(bench, () => tamper(bench).execute());
      const check = await verifyChain(bench.store.db, { signature });
      expect(check).toMatchObject({ failed, fault: { entry, why }, end: { entry: entry - 1 } });
    });

    it('names the one after a changed entry whose hash was made anew', async () => {
      const [row] = await listActivity(bench.store.db, { limit: 1, before: 4 });
      if (row === undefined) throw new Error('no entry');
      const forged = { ...row, actor: 'eve' };
      await unguarded(bench, () =>
        bench.store.db
          .updateTable('activity')
          .set({ actor: 'eve', hash: hashOfEntry(forged) })
          .where('id', '=', 3)
          .execute(),
      );
      expect(await verifyChain(bench.store.db, { signature })).toMatchObject({
        fault: { entry: 4, why: 'It does not follow the entry before it.' },
      });
    });

    it('finds no head told outside in a chain that was made anew', async () => {
      const told = (await listActivity(bench.store.db, { limit: 1 }))[0]?.hash ?? '';
      expect(await verifyChain(bench.store.db, { signature, wanted: told })).toMatchObject({ found: 5 });
      await emptied(bench);
      await append(bench, ...[1, 2, 3, 4, 5].map((at) => newEntry({ at, actor: 'eve' })));
      expect(await verifyChain(bench.store.db, { signature, wanted: told })).toMatchObject({
        failed: 0,
        found: null,
      });
    });
  });

  it('holds over the rest after old entries were removed with a signed summary', async () => {
    const { db } = bench.store;
    await append(bench, ...[1, 2, 3, 90, 4, 100].map((at) => newEntry({ at })));
    const remove = (before: number): Promise<unknown> =>
      db.transaction().execute(async (within) => {
        const span = await removeOldEntries(within, before);
        if (span === null) return null;
        const summary = summaryOf(span, signature);
        const entry = newEntry({ at: 200, action: RETENTION, value_after: JSON.stringify(summary) });
        await appendEntries(within, [entry]);
        return summary;
      });
    expect(await remove(50)).toMatchObject({ count: 3, fromEntry: 1, toEntry: 3 });
    expect((await listActivity(db, { limit: 9 })).map(({ id }) => id)).toEqual([7, 6, 5, 4]);
    expect(await verifyChain(db, { signature })).toMatchObject({
      entries: 7,
      read: 4,
      failed: 0,
      removedTo: 3,
    });
    expect(await remove(50)).toBeNull();
    expect(await remove(150)).toMatchObject({ count: 3, fromEntry: 4, toEntry: 6 });
    expect(await verifyChain(db, { signature })).toMatchObject({
      entries: 8,
      read: 2,
      failed: 0,
      removedTo: 6,
    });
    expect(await verifyChain(db, { signature: createRecordSignature(['another secret']) })).toMatchObject({
      fault: { entry: 1 },
    });
  });
});
