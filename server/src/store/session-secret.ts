import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { StoreError, unusable } from './database.ts';
import type { Store } from './database.ts';
import { insertSettingIfAbsent } from './settings.ts';

/** Null: not configured. */
type Given = { sessionSecret: string | null; databaseUrl: string | null; dataDir: string };

/**
 * Seals cookies and stored tokens: the configured secret, or one generated once and stored: with PostgreSQL in its
 * settings, so that replicas agree; else in the data folder, readable by the owner only.
 * @throws StoreError where the folder can't be written, or the stored secret is incomplete.
 */
export async function loadSessionSecret(
  { sessionSecret, databaseUrl, dataDir }: Given,
  store: Store,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<string> {
  if (sessionSecret !== null) return sessionSecret;
  const fresh = random(32).toString('base64url');
  if (databaseUrl !== null) return insertSettingIfAbsent(store.db, 'session-secret', fresh);
  const path = join(dataDir, 'session-secret');
  try {
    return checked(path, (await readFile(path, 'utf8')).trim());
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(dataDir, error);
  }
  try {
    await writeWhole(path, fresh);
    return fresh;
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/** 32 bytes as base64url. */
const COMPLETE = /^[\w-]{43}$/;

function checked(path: string, secret: string): string {
  if (COMPLETE.test(secret)) return secret;
  throw new StoreError(
    `The session secret in ${path} is damaged or cut short, so it is not used: restore it from a backup, or delete the file to have a new one made (everyone signs in again, and a robot token set on the page must be set again).`,
  );
}

/** Written to a temporary file, then renamed: the file is complete or absent, whenever the process stops. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
