import { createStore, useStore } from '../lib/store.ts';

const badge = createStore<string | null>(null);

/** Puts news before the page's name in the tab's title until it is taken back with null. */
export const setTitleBadge = (text: string | null): void => badge.set(text);
export const useTitleBadge = (): string | null => useStore(badge);

/** The tab's title: the page's name, or the news that came while it was open. */
export function tabTitle(page: string, news: string | null): string {
  return `${news === null ? page : `● ${news}`} · Cyclorama`;
}
