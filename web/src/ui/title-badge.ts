import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { createStore, useStore } from '../lib/store.ts';

const badge = createStore<string | null>(null);

/** Put before the page's name in the tab's title; null removes it. */
export const setTitleBadge = (text: string | null): void => badge.set(text);
export const useTitleBadge = (): string | null => useStore(badge);

export function tabTitle(page: string, news: string | null): string {
  return `${news === null ? isolated(page) : `● ${isolated(news)}`} · Cyclorama`;
}
