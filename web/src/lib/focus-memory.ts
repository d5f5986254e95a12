/** Per history entry: what had the focus when it was left, as a selector, since the elements themselves are gone. */
const focused = new Map<string, string>();
const rows = new Map<string, string>();
let entry = '';

const quoted = (text: string): string => `"${CSS.escape(text)}"`;

function selectorOf(element: Element): string | null {
  const label = element.getAttribute('aria-label');
  const href = element.getAttribute('href');
  if (element.matches('[data-list]') && label !== null) return `[data-list][aria-label=${quoted(label)}]`;
  if (href !== null) return `main a[href=${quoted(href)}]`;
  if (element instanceof HTMLButtonElement && label !== null)
    return `main button[aria-label=${quoted(label)}]`;
  return null;
}

/** Remembers the focus from now on. */
export function rememberFocus(): () => void {
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || target.closest('main') === null) return;
    const selector = selectorOf(target);
    if (selector !== null) focused.set(entry, selector);
  };
  document.addEventListener('focusin', note);
  return () => document.removeEventListener('focusin', note);
}

/** @returns what had the focus when this history entry was left, or null */
export function enterEntry(key: string): string | null {
  entry = key;
  return focused.get(key) ?? null;
}

export const rememberRow = (list: string, row: string): unknown => rows.set(`${entry} ${list}`, row);
export const rememberedRow = (list: string): string | null => rows.get(`${entry} ${list}`) ?? null;
