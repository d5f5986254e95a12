import { statfs } from 'node:fs/promises';

import { StoreError } from './store-error.ts';

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

/** `what`: the sentence's subject. @throws StoreError where the disk could not take so many bytes more. */
export async function requireRoom(
  what: string,
  folder: string,
  bytes: number,
  free = freeBytes,
): Promise<void> {
  const left = await free(folder);
  if (left >= bytes + MIN_FREE_BYTES) return;
  throw new StoreError(
    `${what} needs ${megabytes(bytes + MIN_FREE_BYTES)} in ${folder}, and ${megabytes(left)} are free. Nothing was changed. Free some space there, or enlarge the volume, and try again.`,
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
