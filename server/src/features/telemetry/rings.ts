import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import { readSamples } from '../../store/telemetry/read.ts';
import { MEASURE_COUNT } from './rates.ts';
import type { Sample } from './rates.ts';
import { createRing } from './ring.ts';
import type { Ring } from './ring.ts';
import { toSample } from './sample-row.ts';

export const HOT_MS = 3 * 3_600_000;

export type Rings = {
  push(instanceId: string, sample: Sample): void;
  /** Increases with every sample. */
  readonly version: number;
  /** Null where this process does not measure the instance. */
  get(instanceId: string): Ring | null;
  entries(): Iterable<[instanceId: string, ring: Ring]>;
  /** Loads samples older than this process from the store; once, on first use. */
  warm(instanceId: string): Promise<void>;
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
};

export function createRings({ db, clock, pollMs, intervalMs, onDamaged }: Deps): Rings {
  const capacity = Math.ceil(HOT_MS / pollMs) + 10;
  const rings = new Map<string, Ring>();
  let version = 0;
  const warmed = new Map<string, Promise<void>>();

  const load = async (instanceId: string): Promise<void> => {
    const now = clock.now();
    const rows = await readSamples(db, { instanceId, from: now - HOT_MS, to: now + pollMs }, onDamaged);
    // Read after the query, to keep what was pushed meanwhile.
    const current = rings.get(instanceId);
    const oldest = current?.oldest ?? Number.POSITIVE_INFINITY;
    const filled = createRing(capacity);
    let before: number | null = null;
    for (const row of rows) {
      if (row.at >= oldest) break;
      filled.push(toSample(row, before, intervalMs(instanceId)));
      before = row.at;
    }
    current?.visit(0, Number.POSITIVE_INFINITY, (start, at, values, offset) => {
      const sample = Array.from(
        { length: MEASURE_COUNT },
        (_, measure) => values[offset + measure] ?? Number.NaN,
      );
      filled.push({ at, start, values: sample });
    });
    if (current !== undefined) rings.set(instanceId, filled);
  };

  return {
    push(instanceId, sample) {
      let ring = rings.get(instanceId);
      if (ring === undefined) {
        ring = createRing(capacity);
        rings.set(instanceId, ring);
      }
      ring.push(sample);
      version += 1;
    },
    get version() {
      return version;
    },
    get: (instanceId) => rings.get(instanceId) ?? null,
    entries: () => rings.entries(),
    warm(instanceId) {
      if (!rings.has(instanceId)) return Promise.resolve();
      const known = warmed.get(instanceId);
      if (known !== undefined) return known;
      const loading = load(instanceId).catch((error: unknown) => {
        warmed.delete(instanceId);
        throw error;
      });
      warmed.set(instanceId, loading);
      return loading;
    },
    forget(instanceId) {
      rings.delete(instanceId);
      warmed.delete(instanceId);
      version += 1;
    },
    dropAfter(at) {
      for (const ring of rings.values()) {
        if ((ring.newest ?? 0) <= at) continue;
        ring.dropAfter(at);
        version += 1;
      }
    },
    dropOlderThan(at) {
      for (const [id, ring] of rings) {
        if ((ring.newest ?? 0) >= at) continue;
        rings.delete(id);
        warmed.delete(id);
      }
    },
  };
}
