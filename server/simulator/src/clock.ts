/** The simulator's time: everything that waits or stamps asks the clock, so tests can turn it by hand. */
export type Clock = {
  /** Simulated milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `action` once, `delayMs` simulated milliseconds from now; the returned function takes it back. */
  after(delayMs: number, action: () => void): () => void;
  /** Stops everything still waiting. */
  stop(): void;
};

type Waiting = { at: number; order: number; action: () => void };

/** A clock that runs with the machine's, `speed` times as fast (1 is real time). */
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

/** A clock that stands still until `advance` turns it; what falls due runs in order of its time. */
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
