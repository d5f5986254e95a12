import { z } from 'zod';

const storageKey = 'cyclorama.key-files';
const KEPT_AT_MOST = 50;
const kept = z.array(z.tuple([z.string(), z.string()]));

function read(): [string, string][] {
  try {
    return kept.parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'));
  } catch {
    return [];
  }
}

/** The file's name for the ssh command; never the key. */
export function rememberKeyFile(bookingId: string, fileName: string): void {
  const others = read().filter(([id]) => id !== bookingId);
  try {
    localStorage.setItem(
      storageKey,
      JSON.stringify([[bookingId, fileName], ...others].slice(0, KEPT_AT_MOST)),
    );
  } catch {
    // Storage can be off or full: the command then has no file name.
  }
}

export function keyFileOf(bookingId: string): string | null {
  return read().find(([id]) => id === bookingId)?.[1] ?? null;
}
