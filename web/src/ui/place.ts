const GAP = 6;
const EDGE = 8;

/**
 * Places a fixed element beside an anchor; flips or shifts it to stay in the window. By hand: a positioning library
 * adds 20 kB to the first load, more than its limit allows. `above` centres it over the anchor; `below-start` and
 * `below-end` align with the anchor's left or right edge.
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
  const preferred =
    side === 'above'
      ? anchor.left + anchor.width / 2 - width / 2
      : side === 'below-start'
        ? anchor.left
        : anchor.right - width;
  const left = Math.max(EDGE, Math.min(preferred, window.innerWidth - width - EDGE));
  Object.assign(element.style, { position: 'fixed', inset: 'auto', top: `${top}px`, left: `${left}px` });
}
