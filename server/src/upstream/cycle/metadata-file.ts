import { readFile, stat } from 'node:fs/promises';

import type { MetadataFile } from '@cyclorama/shared/settings.ts';

import { AppError } from '../../lib/errors.ts';
import { parseVisible } from '../../lib/visible-text.ts';
import { toSettingsOfServices } from './to-settings.ts';
import { metadata } from './wire-settings.ts';

/** It holds a few kilobytes. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What Cycle mounts into every instance ("Environment Metadata File"). Secrets in it are dropped. */
export async function readMetadataFile(path: string): Promise<MetadataFile> {
  let text: string;
  let changedAt: Date;
  try {
    const { mtime, size } = await stat(path);
    if (size > MOST_BYTES) throw unreadable(path);
    text = await readFile(path, 'utf8');
    changedAt = mtime;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('not-found', `There is no metadata file at ${path}, or it can’t be read.`, {
      hint: 'Cycle mounts it into its instances; elsewhere set CYCLE_METADATA_FILE.',
      cause,
    });
  }
  const read = metadata.safeParse(jsonOf(text));
  if (!read.success) throw unreadable(path);
  return {
    ...toSettingsOfServices(read.data),
    path,
    id: read.data.id,
    changedAt: changedAt.toISOString(),
    bytes: Buffer.byteLength(text),
  };
}

function jsonOf(text: string): unknown {
  try {
    return parseVisible(text);
  } catch {
    return undefined;
  }
}

function unreadable(path: string): AppError {
  return new AppError('not-allowed-now', `The metadata file at ${path} is not what Cycle writes.`, {
    hint: 'Restart the instance: Cycle writes it anew.',
  });
}
