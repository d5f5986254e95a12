import { afterAll, expect, it } from 'vitest';

import { createSecretBox } from '../../lib/secret-box.ts';
import { claimRow } from '../../testing/builders/claims.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';
import { openStore } from '../database.ts';
import { countSealed } from './sealed-check.ts';
import { createScratch, logger } from './transfer.fixture.ts';

const { newFolder, remove } = createScratch();
afterAll(remove);

it('tells which sealed values the secrets at hand do not open', async () => {
  const store = await openStore({ dataDir: newFolder() }, logger);
  const token = createSecretBox(TEST_SECRET, 'claims').seal('a token');
  await store.db
    .insertInto('claims')
    .values([
      { ...claimRow({ id: 'a' }), token, variables: null },
      { ...claimRow({ id: 'b' }), token, variables: token },
    ])
    .execute();
  const other = 'another secret of the right length, 32';
  expect(await countSealed(store.db, [TEST_SECRET])).toEqual({ sealed: 3, unreadable: 0 });
  expect(await countSealed(store.db, [other, TEST_SECRET])).toEqual({ sealed: 3, unreadable: 0 });
  expect(await countSealed(store.db, [other])).toEqual({ sealed: 3, unreadable: 3 });
  expect(await countSealed(store.db, null)).toEqual({ sealed: 3, unreadable: 3 });
  await store.close();
});
