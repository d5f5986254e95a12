import type { QueuePoint } from './queue-course.ts';

const MINUTE = 60_000;
const hour = 60 * MINUTE;
const day = 24 * hour;

export type QueueWorld = {
  days: number;
  /** Parties per hour, by time into the trace in milliseconds. */
  arrivalsAnHour: (at: number) => number;
  /** Size of a party. */
  party: (random: () => number) => number;
  holdsMs: (random: () => number, at: number) => number;
  /** How long each waits before leaving the queue. */
  patienceMs?: (random: () => number) => number;
};

const alone = (): number => 1;
const logNormal = (random: () => number, meanMs: number, spread: number): number => {
  const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return meanMs * Math.exp(spread * gauss - (spread * spread) / 2);
};
const exponential = (random: () => number, mean: number): number => -mean * Math.log(1 - random());
const daylight = (at: number): number => Math.max(0, Math.sin((2 * Math.PI * at) / day));

export const queueWorlds = {
  steady: {
    days: 21,
    arrivalsAnHour: () => 1.5,
    party: alone,
    holdsMs: (random) => logNormal(random, 30 * MINUTE, 0.6),
  },
  bursty: {
    days: 21,
    arrivalsAnHour: () => 0.25,
    party: (random) => 1 + Math.floor(exponential(random, 4)),
    holdsMs: (random) => exponential(random, 25 * MINUTE),
  },
  'daily rhythm': {
    days: 21,
    arrivalsAnHour: (at) => 3.2 * daylight(at),
    party: alone,
    holdsMs: (random, at) => logNormal(random, (25 + 20 * daylight(at)) * MINUTE, 0.5),
  },
  'slow robots': {
    days: 28,
    arrivalsAnHour: () => 0.16,
    party: alone,
    holdsMs: (random) => (random() < 0.7 ? 6 * hour * (0.5 + 0.5 * random()) : exponential(random, 3 * hour)),
  },
  // The length does not say whether those ahead or those behind leave.
  impatient: {
    days: 21,
    arrivalsAnHour: () => 1.7,
    party: alone,
    holdsMs: (random) => exponential(random, 30 * MINUTE),
    patienceMs: (random) => (random() < 0.25 ? exponential(random, 40 * MINUTE) : Number.POSITIVE_INFINITY),
  },
} satisfies Record<string, QueueWorld>;

export type QueueTrace = {
  /** What a reader records that polls every `everyMs`: changes, and null for gaps. */
  record: QueuePoint[];
  from: number;
  to: number;
  /** The true wait of someone who joins at `at`. */
  waitAt: (at: number) => number;
};

export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Simulates a world, first come first served, with a few gaps in the readings. */
export function traceOf(world: QueueWorld, seed: number, everyMs = 30_000): QueueTrace {
  const random = seededRandom(seed);
  const from = 1_795_000_000_000;
  const to = from + world.days * day;
  const visits = visitsOf(world, random, from, to);
  const away = Array.from({ length: 3 }, () => {
    const begins = from + random() * (to - from);
    return { begins, ends: begins + exponential(random, 4 * hour) };
  });
  const record: QueuePoint[] = [];
  const left = visits.map(({ leaves }) => leaves).toSorted((one, other) => one - other);
  let [came, gone] = [0, 0];
  for (let at = from; at < to; at += everyMs) {
    while ((visits[came]?.comes ?? Number.POSITIVE_INFINITY) <= at) came += 1;
    while ((left[gone] ?? Number.POSITIVE_INFINITY) <= at) gone += 1;
    const length = away.some(({ begins, ends }) => at >= begins && at < ends) ? null : came - gone;
    if (record.at(-1)?.length !== length) record.push({ at, length });
  }
  const waitAt = (at: number): number =>
    visits.reduce((wait, { comes, leaves }) => (comes <= at ? Math.max(wait, leaves - at) : wait), 0);
  return { record, from, to, waitAt };
}

type Visit = { comes: number; leaves: number };

function visitsOf(world: QueueWorld, random: () => number, from: number, to: number): Visit[] {
  const visits: Visit[] = [];
  // Thinning: come as often as ever, stay as often as now.
  const most = Math.max(
    ...Array.from({ length: 96 }, (_, index) => world.arrivalsAnHour((index * day) / 96)),
  );
  let free = from;
  for (let at = from; at < to; at += exponential(random, hour / most)) {
    if (random() * most > world.arrivalsAnHour(at - from)) continue;
    for (let left = world.party(random); left > 0; left -= 1) {
      const tiredAt = at + (world.patienceMs?.(random) ?? Number.POSITIVE_INFINITY);
      const begins = Math.max(free, at);
      if (tiredAt >= begins) free = begins + world.holdsMs(random, at - from);
      visits.push({ comes: at, leaves: tiredAt < begins ? tiredAt : free });
    }
  }
  return visits;
}

export function replay(
  trace: QueueTrace,
  seed: number,
  moments: number,
  forecast: (past: QueuePoint[], now: number, ahead: number) => Interval | null,
): { made: number; held: number; open: number } {
  const random = seededRandom(seed ^ 0x5eed);
  const seen = { made: 0, held: 0, open: 0 };
  for (let count = 0; count < moments; count += 1) {
    const now = trace.from + random() * (trace.to - trace.from);
    const past = trace.record.filter(({ at }) => at <= now);
    const ahead = past.at(-1)?.length ?? 0;
    const made = ahead === 0 ? null : forecast(past, now, ahead);
    if (made === null) continue;
    const wait = trace.waitAt(now) / 1_000;
    const { lowSeconds, highSeconds } = made;
    seen.made += 1;
    if (highSeconds === null) seen.open += 1;
    if (wait >= lowSeconds && wait <= (highSeconds ?? Number.POSITIVE_INFINITY)) seen.held += 1;
  }
  return seen;
}

type Interval = { lowSeconds: number; highSeconds: number | null };
