import { useEffect, useState } from 'react';

import { answerAround } from '../../api/answers.ts';

export type RestedOn = {
  element: Element;
  /** Beside which the hint stands. */
  place: DOMRect;
  byKeyboard: boolean;
};

/** As long as the browser's own hints take: who only passes sees none. */
const REST_MS = 600;
/** What acts, or has a hint of its own. */
const WITHOUT = [
  'button',
  'input',
  'select',
  'textarea',
  'summary',
  'canvas',
  '[aria-describedby]',
  '[title]',
  '[role=application]',
  '[role=slider]',
  '[role=option]',
  '.uplot',
  '.recharts-wrapper',
].join(',');

/**
 * What of an answer the mouse has rested on, or the keyboard has led to; null from the next movement, key, press or
 * scroll on. A finger rests on nothing.
 */
export function useRestedOn(): RestedOn | null {
  const [rested, setRested] = useState<RestedOn | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isAwaitedByKeyboard = false;
    let last = { x: 0, y: 0 };
    const leave = () => {
      clearTimeout(timer);
      isAwaitedByKeyboard = false;
      setRested(null);
    };
    const restOn = (element: Element, byKeyboard: boolean) => {
      leave();
      if (element.closest('main') === null || element.closest(WITHOUT) !== null) return;
      if (answerAround(element) === undefined) return;
      isAwaitedByKeyboard = byKeyboard;
      timer = setTimeout(() => {
        isAwaitedByKeyboard = false;
        if (!element.isConnected) return;
        setRested({ element, place: byKeyboard ? cornerOf(element) : pointAt(last), byKeyboard });
      }, REST_MS);
    };
    const onPointer = ({ target, pointerType }: PointerEvent) => {
      if (pointerType !== 'touch' && target instanceof Element) restOn(target, false);
    };
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      last = { x: clientX, y: clientY };
    };
    const leadTo = (target: EventTarget | null) => {
      if (target instanceof Element && target.matches(':focus-visible')) restOn(target, true);
    };
    const onFocus = ({ target }: FocusEvent) => leadTo(target);
    // A list that gets the focus brings its row into sight.
    const onScroll = () => {
      if (!isAwaitedByKeyboard) leave();
    };
    const on = { capture: true, passive: true };
    document.addEventListener('pointerover', onPointer, on);
    document.addEventListener('pointermove', onMove, on);
    document.addEventListener('focusin', onFocus, on);
    const ends = ['focusout', 'keydown', 'pointerdown', 'wheel'] as const;
    document.addEventListener('scroll', onScroll, on);
    for (const end of ends) document.addEventListener(end, leave, on);
    // The key that led there may be the one this was loaded for.
    leadTo(document.activeElement);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', onPointer, on);
      document.removeEventListener('pointermove', onMove, on);
      document.removeEventListener('focusin', onFocus, on);
      document.removeEventListener('scroll', onScroll, on);
      for (const end of ends) document.removeEventListener(end, leave, on);
    };
  }, []);
  return rested;
}

/** Below the pointer, which would cover it. */
const pointAt = ({ x, y }: { x: number; y: number }) => new DOMRect(x, y, 0, 16);

/** A link's place; of a list or a tab's content the corner that is in sight. */
function cornerOf(element: Element): DOMRect {
  const { left, top, width, height } = element.getBoundingClientRect();
  const isSmall = height < 80;
  return new DOMRect(left, Math.max(0, top), isSmall ? width : 0, isSmall ? height : 0);
}
