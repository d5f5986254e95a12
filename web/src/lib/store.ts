import { useSyncExternalStore } from 'react';

/** A value outside React that components can follow. */
export type Store<T> = {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
};

/** Makes a store; listeners hear of a set only when the value is another one. */
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

/** The store's value, kept current. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Reads a choice kept in localStorage; what is not among `allowed`, or can't be read, is the first of them. */
export function readChoice<T extends string>(key: string, allowed: readonly [T, ...T[]]): T {
  try {
    const kept = localStorage.getItem(key);
    return allowed.find((choice) => choice === kept) ?? allowed[0];
  } catch {
    return allowed[0];
  }
}

/** Keeps a choice in localStorage where there is one. */
export function keepChoice(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage can be switched off or full: the choice then lasts as long as the page.
  }
}
