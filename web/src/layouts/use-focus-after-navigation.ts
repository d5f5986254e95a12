import { useRouter } from '@tanstack/react-router';
import type { ParsedLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

import { enterEntry, rememberFocus } from '../lib/focus-memory.ts';

/** What comes back later than this is no longer waited for. */
const WAIT_MS = 2000;

/** After navigation the focus is on the page's heading; after Back it is where it was. */
export function useFocusAfterNavigation(): void {
  const router = useRouter();
  useEffect(() => {
    let giveUp = () => {};
    const forget = rememberFocus();
    enterEntry(entryOf(router.state.location));
    const leaving = router.subscribe('onBeforeLoad', ({ toLocation, pathChanged }) => {
      if (pathChanged) giveUp();
      enterEntry(entryOf(toLocation));
    });
    const arrived = router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
      if (fromLocation === undefined || !pathChanged) return;
      giveUp = focusPage(enterEntry(entryOf(toLocation)));
    });
    return () => {
      giveUp();
      forget();
      leaving();
      arrived();
    };
  }, [router]);
}

// The router's own name of a history entry.
// oxlint-disable-next-line no-underscore-dangle
const entryOf = ({ state }: ParsedLocation): string => state.__TSR_key ?? '';

function focusPage(selector: string | null): () => void {
  const { activeElement } = document;
  // The page, or a dialog it opened, took the focus itself.
  if (activeElement?.closest('main, [role="dialog"]') && activeElement.id !== 'content') return () => {};
  if (selector !== null && focus(selector)) return () => {};
  focus('main h1');
  if (selector === null) return () => {};
  // Its list is still being read.
  const observer = new MutationObserver(() => focus(selector) && stop());
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    removeEventListener('keydown', stop);
    removeEventListener('pointerdown', stop);
  };
  const timer = setTimeout(stop, WAIT_MS);
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('keydown', stop);
  addEventListener('pointerdown', stop);
  return stop;
}

function focus(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus({ preventScroll: selector === 'main h1' });
  return element !== null && document.activeElement === element;
}
