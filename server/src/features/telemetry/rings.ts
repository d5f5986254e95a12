import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { cut } from '../../store/telemetry/merge.ts';
import { valueAt } from '../../store/telemetry/points.ts';
import type { Points } from '../../store/telemetry/points.ts';
import { pointsIn, readFrame } from '../../store/telemetry/read.ts';
import { MEASURES } from './rates.ts';
import type { Sample } from './rates.ts';
import { createRing } from './ring.ts';
import type { Ring } from './ring.ts';

const MINUTE_MS = 60_000;
export const HOT_MS = 180 * MINUTE_MS;
/** So much is left of each where there is no room for more: rankings are of an hour. */
const LEAST_MS = 65 * MINUTE_MS;
const MOST_BYTES = 96 * 1024 * 1024;
/** Trimmed by more than is needed, so that what is looked at next finds room. */
const TRIM_ABOVE = 0.9;
const TRIM_TO = 0.8;
/** After so many polls without a sample another process may have measured it. */
const AWAY_POLLS = 6;

export type Rings = {
  push(instanceId: string, sample: Sample): void;
  /** Increases with every sample. */
  readonly version: number;
  /** Null where nothing of the instance is in memory. */
  get(instanceId: string): Ring | null;
  entries(): Iterable<[instanceId: string, ring: Ring]>;
  /** From when on memory has all samples of an instance, epoch milliseconds; Infinity where it has none. */
  reach(instanceId: string): number;
  /** Somebody looks: if memory does not reach back to `from`, HOT_MS are loaded from the store, if there is room. */
  warm(instanceId: string, from: number): Promise<void>;
  /** Loads one that was never loaded, if there is room. False: none is left. */
  warmNext(): Promise<boolean>;
  /** Keeps to the room there is: of those not looked at for longest, what is older than an hour goes. */
  trim(): void;
  /** Its samples are read from the store until it is pushed again. */
  forget(instanceId: string): void;
  /** Drops instances without a sample since `at`. */
  dropOlderThan(at: number): void;
  /** Drops samples later than `at`, after a clock was set back: they would hide all new ones until then. */
  dropAfter(at: number): void;
};

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  pollMs: number;
  /** Sampling interval, milliseconds. */
  intervalMs: (instanceId: string) => number;
  onDamaged: OnDamaged;
  /** Of all rings together; an hour of each is kept even beyond. */
  maxBytes?: number;
};
/** `since`: from then on all that was measured was pushed or loaded. */
type Held = { ring: Ring; since: number; loading: Promise<void> | null; lookedAt: number };

export function createRings(deps: Deps): Rings {
  const { db, clock, pollMs, intervalMs, onDamaged, maxBytes = MOST_BYTES } = deps;
  const capacity = Math.ceil(HOT_MS / pollMs) + 10;
  const held = new Map<string, Held>();
  /** Of those that are held, never loaded. */
  const cold = new Set<string>();
  let version = 0;
  let bytes = 0;

  const reachOf = ({ ring, since }: Held): number => Math.max(since, ring.forgotten);
  const change = (one: Held, work: () => void): void => {
    bytes -= one.ring.bytes;
    work();
    bytes += one.ring.bytes;
  };
  const drop = (instanceId: string): void => {
    bytes -= held.get(instanceId)?.ring.bytes ?? 0;
    held.delete(instanceId);
    cold.delete(instanceId);
  };

  const load = async (instanceId: string): Promise<void> => {
    const now = clock.now();
    const range = { instanceId, from: now - HOT_MS, to: now + pollMs };
    const frame = await readFrame(db, range, { onDamaged });
    // Read after the query, to keep what was pushed meanwhile.
    const one = held.get(instanceId);
    if (one === undefined) return;
    const earlier = cut(frame, 0, one.ring.oldest ?? Number.POSITIVE_INFINITY);
    const filled = createRing(capacity, pointsIn(earlier, intervalMs(instanceId)));
    pushPoints(filled, one.ring.points(0, Number.POSITIVE_INFINITY));
    change(one, () => (one.ring = filled));
    one.since = now - HOT_MS;
    cold.delete(instanceId);
  };

  const loaded = (one: Held, instanceId: string, from: number): Promise<void> => {
    if (reachOf(one) <= from || bytes >= maxBytes) return Promise.resolve();
    one.loading ??= load(instanceId).finally(() => (one.loading = null));
    return one.loading;
  };

  return {
    push(instanceId, sample) {
      let one = held.get(instanceId);
      if (one !== undefined && sample.start - (one.ring.newest ?? 0) > AWAY_POLLS * pollMs) {
        drop(instanceId);
        one = undefined;
      }
      if (one === undefined) {
        one = { ring: createRing(capacity), since: sample.start, loading: null, lookedAt: 0 };
        held.set(instanceId, one);
        cold.add(instanceId);
        bytes += one.ring.bytes;
      }
      const { ring } = one;
      change(one, () => ring.push(sample));
      version += 1;
    },
    get version() {
      return version;
    },
    get: (instanceId) => held.get(instanceId)?.ring ?? null,
    *entries() {
      for (const [id, { ring }] of held) yield [id, ring];
    },
    reach(instanceId) {
      const one = held.get(instanceId);
      return one === undefined ? Number.POSITIVE_INFINITY : reachOf(one);
    },
    warm(instanceId, from) {
      const one = held.get(instanceId);
      if (one === undefined) return Promise.resolve();
      one.lookedAt = clock.now();
      return loaded(one, instanceId, from);
    },
    async warmNext() {
      const [next] = cold;
      const one = next === undefined ? undefined : held.get(next);
      if (next === undefined || one === undefined || bytes >= TRIM_TO * maxBytes) return false;
      await loaded(one, next, clock.now() - HOT_MS);
      cold.delete(next);
      return true;
    },
    trim() {
      if (bytes <= TRIM_ABOVE * maxBytes) return;
      const least = Math.ceil(LEAST_MS / pollMs);
      for (const one of [...held.values()].toSorted((a, b) => a.lookedAt - b.lookedAt)) {
        if (bytes <= TRIM_TO * maxBytes) return;
        change(one, () => one.ring.keepNewest(least));
      }
    },
    forget(instanceId) {
      drop(instanceId);
      version += 1;
    },
    dropAfter(at) {
      for (const { ring } of held.values()) {
        if ((ring.newest ?? 0) <= at) continue;
        ring.dropAfter(at);
        version += 1;
      }
    },
    dropOlderThan(at) {
      for (const [id, { ring }] of held) if ((ring.newest ?? 0) < at) drop(id);
    },
  };
}

function pushPoints(ring: Ring, { length, ends, spans, means }: Points): void {
  const columns = MEASURES.map((_, measure) => means(measure));
  for (let point = 0; point < length; point += 1) {
    const at = ends[point] ?? 0;
    const values = columns.map((column) => valueAt(column, point));
    ring.push({ at, start: at - (spans[point] ?? 0), values });
  }
}
