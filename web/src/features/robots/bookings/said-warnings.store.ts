const storageKey = 'cyclorama.said-warnings';
const KEPT_AT_MOST = 50;

// What was said since the page was loaded, also where the browser keeps nothing.
const said = new Set<string>(read());

function read(): string[] {
  try {
    return (sessionStorage.getItem(storageKey) ?? '').split('\n').filter((key) => key !== '');
  } catch {
    return [];
  }
}

/** The warnings this tab has given already: a reload doesn't repeat them. */
export const saidWarnings = (): ReadonlySet<string> => said;

/** Notes that a warning was given. */
export function keepSaid(key: string): void {
  said.add(key);
  try {
    sessionStorage.setItem(storageKey, [...said].slice(-KEPT_AT_MOST).join('\n'));
  } catch {
    // Storage can be switched off: the warning is then repeated after a reload.
  }
}
