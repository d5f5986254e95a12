const storageKey = 'cyclorama.shown-warnings';
const KEPT_AT_MOST = 50;

// Also works where storage is off, until the page is reloaded.
const shown = new Set<string>(read());

function read(): string[] {
  try {
    return (sessionStorage.getItem(storageKey) ?? '').split('\n').filter((key) => key !== '');
  } catch {
    return [];
  }
}

/** Survives a reload, so that a warning isn't repeated. */
export const shownWarnings = (): ReadonlySet<string> => shown;

export function markShown(key: string): void {
  shown.add(key);
  try {
    sessionStorage.setItem(storageKey, [...shown].slice(-KEPT_AT_MOST).join('\n'));
  } catch {
    // Storage can be off: the warning is then repeated after a reload.
  }
}
