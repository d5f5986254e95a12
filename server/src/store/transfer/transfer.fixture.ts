import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createRecordSignature } from '../../lib/record-signature.ts';
import { newEntry } from '../../testing/builders/activity.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';
import { appendEntries } from '../activity-chain.ts';
import { verifyChain } from '../activity-verify.ts';
import type { Store } from '../database.ts';
import { readSetting, writeSetting } from '../settings.ts';

export const logger = { warn: () => undefined };

export function createScratch() {
  const scratch = mkdtempSync(join(tmpdir(), 'cyclorama-transfer-'));
  return {
    newFolder: (): string => mkdtempSync(join(scratch, 'f-')),
    remove: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** None of them text in any encoding. */
export const BYTES = '00ff5c78c3280a';

/** Two entries of the record, a setting, a session and a picture. */
export async function fill({ db }: Store, value: string): Promise<void> {
  await db.transaction().execute((of) => appendEntries(of, [newEntry({ at: 1 }), newEntry({ at: 2 })]));
  await writeSetting(db, 'kept', value);
  const session = { way: 'vpn' as const, created_at: 1, last_seen_at: 1, confirmed_at: 1, expires_at: 9 };
  await db
    .insertInto('sessions')
    .values({ ...session, id: value, person: 'oscar', changed_at: 1 })
    .execute();
  const body = Buffer.from(BYTES, 'hex');
  await db.insertInto('topology_pictures').values({ at: 1, is_full: 1, body }).execute();
}

export async function seenIn(store: Store) {
  const signature = createRecordSignature([TEST_SECRET]);
  const { fault, entries } = await verifyChain(store.db, { signature });
  const pictures = await store.db.selectFrom('topology_pictures').select('body').execute();
  const sessions = await store.db.selectFrom('sessions').select('id').execute();
  const kept = await readSetting(store.db, 'kept');
  return {
    fault,
    entries,
    kept,
    bytes: pictures.map(({ body }) => Buffer.from(body).toString('hex')),
    sessions: sessions.length,
  };
}
