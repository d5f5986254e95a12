const GAP = 6;
const EDGE = 8;

/**
 * Puts a fixed element beside an anchor, on the other side or pushed in where it would leave the window. By hand, since
 * a library that places popovers adds 20 kB to the first load, more than its limit allows.
 * `above` centres it over the anchor; `below-start` and `below-end` hang it under the anchor's left or right edge.
 */
export function placeBeside(
  element: HTMLElement,
  anchor: DOMRect,
  side: 'above' | 'below-start' | 'below-end',
): void {
  const { width, height } = element.getBoundingClientRect();
  const above = anchor.top - height - GAP;
  const below = anchor.bottom + GAP;
  const roomBelow = below + height <= window.innerHeight - EDGE;
  const top = side === 'above' ? (above >= EDGE ? above : below) : roomBelow ? below : Math.max(EDGE, above);
  const wanted =
    side === 'above'
      ? anchor.left + anchor.width / 2 - width / 2
      : side === 'below-start'
        ? anchor.left
        : anchor.right - width;
  const left = Math.max(EDGE, Math.min(wanted, window.innerWidth - width - EDGE));
  Object.assign(element.style, { position: 'fixed', inset: 'auto', top: `${top}px`, left: `${left}px` });
}
