/** All waiting and timestamps use a clock, so that tests can advance it by hand. */
export type Clock = {
  now(): number;
  /** Simulated milliseconds. Returns the cancel function. */
  after(delayMs: number, action: () => void): () => void;
  /** Cancels everything still waiting. */
  stop(): void;
};

type Waiting = { at: number; order: number; action: () => void };

export function realClock(speed = 1, startAt = Date.now()): Clock {
  const realStart = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Math.round(startAt + (performance.now() - realStart) * speed),
    after(delayMs, action) {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          action();
        },
        Math.max(0, delayMs / speed),
      );
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Stands still until advanced; due actions run in order of time. */
export function manualClock(startAt = Date.UTC(2026, 10, 21, 9)): Clock & { advance(ms: number): void } {
  let current = startAt;
  let order = 0;
  let waiting: Waiting[] = [];
  const next = (until: number) =>
    waiting
      .filter((entry) => entry.at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order)
      .at(0);
  return {
    now: () => current,
    after(delayMs, action) {
      const entry: Waiting = { at: current + Math.max(0, delayMs), order: order++, action };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = current + ms;
      for (let due = next(until); due; due = next(until)) {
        waiting = waiting.filter((other) => other !== due);
        current = due.at;
        due.action();
      }
      current = until;
    },
    stop() {
      waiting = [];
    },
  };
}
