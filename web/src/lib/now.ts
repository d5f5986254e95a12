import { useStore, createStore } from './store.ts';

// One clock for all relative times, so that a list of a thousand has one timer and they all turn together.
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

/** The browser's time in epoch milliseconds, renewed every second while somebody looks. */
export const useNow = (): number => useStore(ticking);
