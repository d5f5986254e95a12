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

export type HeadStartClock = Clock & { runAhead(ms: number): void; goLive(): void };

/** Runs ahead by hand until `goLive` makes it a real one; what waits then is taken along. */
export function headStartClock(startAt: number, speed = 1): HeadStartClock {
  const ahead = manualClock(startAt);
  let live: Clock | null = null;
  let waiting: { at: number; action: () => void; cancel: () => void }[] = [];
  return {
    now: () => (live ?? ahead).now(),
    after(delayMs, action) {
      if (live !== null) return live.after(delayMs, action);
      const forget = () => {
        waiting = waiting.filter((other) => other !== entry);
      };
      const run = () => {
        forget();
        action();
      };
      const at = ahead.now() + Math.max(0, delayMs);
      const entry = { at, action: run, cancel: ahead.after(delayMs, run) };
      waiting.push(entry);
      return () => {
        forget();
        entry.cancel();
      };
    },
    runAhead: (ms) => ahead.advance(ms),
    goLive() {
      live = realClock(speed);
      const endedAt = ahead.now();
      ahead.stop();
      for (const entry of waiting) entry.cancel = live.after(entry.at - endedAt, entry.action);
    },
    stop() {
      ahead.stop();
      live?.stop();
    },
  };
}

export function hasHeadStart(clock: Clock): clock is HeadStartClock {
  return 'runAhead' in clock;
}
