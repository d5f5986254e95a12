import { statfs } from 'node:fs/promises';

/** Below this the disk counts as full: a write-ahead log alone takes more. */
const MIN_FREE_BYTES = 1_000_000;

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Rejects with `ENOSPC`, as a write would, where there is next to no space. */
export async function requireSpace(folder: string, free = freeBytes): Promise<void> {
  if ((await free(folder)) >= MIN_FREE_BYTES) return;
  throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
}
