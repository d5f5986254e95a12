import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Syncs the file, then gives it its name: under `path` is the old file or the whole new one, whenever the power fails. */
export async function putInPlace(file: string, path: string): Promise<void> {
  await sync(file);
  await rename(file, path);
  await sync(dirname(path));
}

/** A file's content, or a folder's entries. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
