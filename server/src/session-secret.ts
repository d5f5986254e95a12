import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Config } from './config.ts';
import type { Store } from './store/database.ts';
import { keepFirstSetting } from './store/settings.ts';

/**
 * The secret that seals cookies and stored tokens: the configured one, or one made once and kept: with PostgreSQL in
 * its settings, so that replicas agree; else in the data folder, readable by the owner only.
 */
export async function loadSessionSecret(
  { sessionSecret, databaseUrl, dataDir }: Pick<Config, 'sessionSecret' | 'databaseUrl' | 'dataDir'>,
  store: Store,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<string> {
  if (sessionSecret !== null) return sessionSecret;
  const fresh = random(32).toString('base64url');
  if (databaseUrl !== null) return keepFirstSetting(store.db, 'session-secret', fresh);
  const path = join(dataDir, 'session-secret');
  try {
    await writeFile(path, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(path, 'utf8')).trim();
  }
}
