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

/** Keeps under which name a booking's private key was saved, for its ssh command. The name only, never the key. */
export function rememberKeyFile(bookingId: string, fileName: string): void {
  const others = read().filter(([id]) => id !== bookingId);
  try {
    localStorage.setItem(
      storageKey,
      JSON.stringify([[bookingId, fileName], ...others].slice(0, KEPT_AT_MOST)),
    );
  } catch {
    // Storage can be switched off or full: the command then names no file.
  }
}

/** The name a booking's private key was saved under in this browser, or null. */
export function keyFileOf(bookingId: string): string | null {
  return read().find(([id]) => id === bookingId)?.[1] ?? null;
}
