import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';

import { isTyping } from '../lib/keys.ts';
import { isShortcut } from '../lib/shortcuts.ts';
import { navigation } from './pages.ts';

const SECOND_KEY_WITHIN_MS = 1200;

type Shortcuts = {
  openPalette: () => void;
  openShortcuts: () => void;
};

/** Ctrl/Cmd-K, `?`, and `g` with a page's letter; off while typing. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const navigate = useNavigate();
  const pressedG = useRef(-Infinity);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isShortcut('palette', event)) {
      event.preventDefault();
      shortcuts.openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const follows = event.timeStamp - pressedG.current < SECOND_KEY_WITHIN_MS;
    pressedG.current = event.key === 'g' ? event.timeStamp : -Infinity;
    const page = follows ? navigation.find(({ letter }) => letter === event.key) : undefined;
    if (page !== undefined) {
      event.preventDefault();
      void navigate({ to: page.to });
    } else if (isShortcut('sheet', event)) {
      event.preventDefault();
      shortcuts.openShortcuts();
    }
  });
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
