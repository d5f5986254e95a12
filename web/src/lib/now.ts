import { useStore, createStore } from './store.ts';

// One timer for all relative times, which then change together.
const second = createStore(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const ticking = {
  get: second.get,
  set: second.set,
  subscribe(listener: () => void) {
    watchers += 1;
    if (watchers === 1) {
      second.set(Date.now());
      timer = setInterval(() => second.set(Date.now()), 1000);
    }
    const stop = second.subscribe(listener);
    return () => {
      stop();
      watchers -= 1;
      if (watchers === 0) clearInterval(timer);
    };
  },
};

/** Epoch milliseconds, updated every second while the page is visible. */
export const useNow = (): number => useStore(ticking);
