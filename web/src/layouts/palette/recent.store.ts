import { z } from 'zod';

const MOST = 8;
const kept = z.array(z.string()).catch([]);
/** Of the tab and the person: ids only, gone with the tab. */
const storageKey = (person: string): string => `cyclorama.recent.${person}`;

/** Keys of what was opened from the palette, newest first. */
export function recentOf(person: string): string[] {
  try {
    return kept.parse(JSON.parse(sessionStorage.getItem(storageKey(person)) ?? '[]'));
  } catch {
    return [];
  }
}

export function rememberOpened(person: string, key: string): void {
  const next = [key, ...recentOf(person).filter((each) => each !== key)].slice(0, MOST);
  try {
    sessionStorage.setItem(storageKey(person), JSON.stringify(next));
  } catch {
    // Storage can be off or full: nothing is remembered then.
  }
}
