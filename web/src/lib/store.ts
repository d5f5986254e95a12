import { useSyncExternalStore } from 'react';

export type Store<T> = {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
};

/** Listeners are called only when the value changes. */
export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The first of `allowed` when nothing valid is stored. */
export function readChoice<T extends string>(key: string, allowed: readonly [T, ...T[]]): T {
  try {
    const kept = localStorage.getItem(key);
    return allowed.find((choice) => choice === kept) ?? allowed[0];
  } catch {
    return allowed[0];
  }
}

export function keepChoice(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be off or full: the choice then lasts until the page is closed.
  }
}
