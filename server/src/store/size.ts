import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { freeBytes } from './disk-space.ts';
import { STORE_FILE } from './sqlite-file.ts';

/** Of the SQLite file and its log, and what is free beside them; null where they can't be looked at. */
export async function storeSize(dataDir: string): Promise<{ bytes: number; freeBytes: number } | null> {
  const sizeOf = async (file: string): Promise<number> => (await stat(join(dataDir, file))).size;
  try {
    const log = await sizeOf(`${STORE_FILE}-wal`).catch(() => 0);
    return { bytes: (await sizeOf(STORE_FILE)) + log, freeBytes: await freeBytes(dataDir) };
  } catch {
    return null;
  }
}
