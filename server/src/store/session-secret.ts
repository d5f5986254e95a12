import { randomBytes } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Secrets } from '../lib/secret-box.ts';
import type { Store } from './database.ts';
import { putInPlace } from './durable-files.ts';
import { deleteSettings, readSetting } from './settings.ts';
import { StoreError, unusable } from './store-error.ts';

/** `sessionSecrets` empty: not configured. */
type Given = { sessionSecrets: readonly string[]; databaseUrl: string | null; dataDir: string };

export type LoadedSecrets = {
  secrets: Secrets;
  /** True where the last of them still lies in the database, put there by an earlier version. */
  inDatabase: boolean;
};

const KEY = 'session-secret';

/**
 * Seal cookies and stored tokens: the configured secrets, or one generated once and kept in the data folder, readable by
 * the owner only, which goes on opening what it has sealed once others are configured, until its file is deleted. Earlier
 * versions kept one in PostgreSQL's settings: it opens what it has sealed until that is sealed anew.
 * @throws StoreError where the folder can't be written, or the stored secret is incomplete.
 */
export async function loadSecrets(
  { sessionSecrets, databaseUrl, dataDir }: Given,
  store: Pick<Store, 'db'>,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<LoadedSecrets> {
  const [first, ...older] = sessionSecrets;
  if (first === undefined) return { secrets: [await ownSecret(dataDir, random)], inDatabase: false };
  const left = databaseUrl === null ? await generatedBefore(dataDir) : await readSetting(store.db, KEY);
  const others = older.filter((each) => each !== left);
  if (left === null || left === first) return { secrets: [first, ...others], inDatabase: false };
  return { secrets: [first, ...others, left], inDatabase: databaseUrl !== null };
}

/** To be called once nothing is sealed with it any more. */
export async function forgetSecretInDatabase(db: Store['db']): Promise<void> {
  await deleteSettings(db, [KEY]);
}

async function ownSecret(dataDir: string, random: (bytes: number) => Buffer): Promise<string> {
  const fresh = random(32).toString('base64url');
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

/** As `loadSecrets`, but makes none: null where there is none. */
export async function readSecrets({
  sessionSecrets,
  dataDir,
}: Omit<Given, 'databaseUrl'>): Promise<Secrets | null> {
  const generated = await generatedBefore(dataDir);
  return secretsOf([...sessionSecrets, ...(generated === null ? [] : [generated])]);
}

/** Null where there is none. */
export function secretsOf([first, ...older]: readonly string[]): Secrets | null {
  return first === undefined ? null : [first, ...older];
}

/** Null where none lies in the folder, or only part of one. */
async function generatedBefore(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, 'session-secret'), 'utf8').catch(() => '');
  return COMPLETE.test(text.trim()) ? text.trim() : null;
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
  } finally {
    await file.close();
  }
  await putInPlace(temporary, path);
}
