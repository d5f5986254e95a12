const HIDDEN_DELAY_MS = 250;

/** Runs `apply` once per frame with all items since; by a timer in a hidden tab, which gets no frames. */
export function createBatch<T>(apply: (items: T[]) => void): { add: (item: T) => void; stop: () => void } {
  let items: T[] = [];
  let cancel: (() => void) | null = null;
  const flush = () => {
    cancel?.();
    cancel = null;
    const batch = items;
    items = [];
    apply(batch);
  };
  const schedule = () => {
    if (document.hidden) {
      const timer = setTimeout(flush, HIDDEN_DELAY_MS);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(flush);
    // A tab hidden after the request gets no frame.
    const timer = setTimeout(flush, HIDDEN_DELAY_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  };
  return {
    add(item) {
      items.push(item);
      cancel ??= schedule();
    },
    stop() {
      cancel?.();
      cancel = null;
      items = [];
    },
  };
}

/** Leading and trailing edge: the last call is never lost. */
export function createThrottle(run: () => void, everyMs: number): { call: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let called = false;
  const open = () => {
    timer = null;
    if (!called) return;
    called = false;
    fire();
  };
  const fire = () => {
    run();
    timer = setTimeout(open, everyMs);
  };
  return {
    call() {
      if (timer === null) fire();
      else called = true;
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      called = false;
    },
  };
}
