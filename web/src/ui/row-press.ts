import type { MouseEvent } from 'react';

const OWN_PRESS = 'a, button, input, select, textarea, label, summary';

/**
 * A plain click beside whatever a row has to press. Not one that ends a selection of text, nor one in a dialog that a
 * row opened: React tells the row of those too.
 */
export function isRowPress(event: MouseEvent): boolean {
  const { target, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  if (!(target instanceof Element) || !currentTarget.contains(target)) return false;
  return target.closest(OWN_PRESS) === null && getSelection()?.isCollapsed !== false;
}
