import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Database } from '../../store/schema.ts';
import { writeSamples } from '../../store/telemetry/head.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { cursorOf, deriveSample, MAX_AHEAD_MS, withoutFalseLimit } from './rates.ts';
import type { Cursor, Sample } from './rates.ts';
import type { Rings } from './rings.ts';
import { toSampleRow } from './sample-row.ts';

export type Reported = {
  hostMemoryBytes: number | null;
  /** Counts only as what the rates of the first frame are counted from. */
  base: readonly CycleTelemetryRow[];
  /** As read one after the other on one server. */
  frames: readonly (readonly CycleTelemetryRow[])[];
};

/** @throws AppError `starting` while the environment is unknown, since foreign rows can't be told apart. */
export type Ingest = (reported: Reported) => Promise<{ newestAt: number | null }>;

type Deps = {
  db: Kysely<Database>;
  /** Null where they are filled from the store, as other processes take reports too. */
  rings: Rings | null;
  hub: { publish(event: ServerEvent): void };
  environmentId: () => string | null;
  intervalMs: (containerId: string) => number;
  clock: Clock;
};

/**
 * What was read on another server, or here before. All it needs comes with it, so that it gives the same samples on
 * whichever replica and however often; one that is stored already stays. Nothing is kept in memory before it is durable.
 */
export function createIngest({ db, rings, hub, environmentId, intervalMs, clock }: Deps): Ingest {
  return async ({ hostMemoryBytes, base, frames }) => {
    const environment = environmentId();
    if (environment === null)
      throw new AppError('starting', 'The environment has not been read yet.', { hint: 'Try again.' });
    const cursors = new Map<string, Cursor>(base.map((row) => [row.instanceId, cursorOf(row)]));
    const taken: { instanceId: string; sample: Sample }[] = [];
    for (const row of frames.flat()) {
      if (row.environmentId !== environment) continue;
      const real = withoutFalseLimit(row, hostMemoryBytes ?? Number.POSITIVE_INFINITY);
      const sample = deriveSample(cursors.get(row.instanceId) ?? null, real, intervalMs(row.containerId));
      if (sample === null) continue;
      cursors.set(row.instanceId, cursorOf(row));
      taken.push({ instanceId: row.instanceId, sample });
    }
    if (taken.length === 0) return { newestAt: null };
    await writeSamples(
      db,
      taken.map(({ instanceId, sample }) => toSampleRow(instanceId, sample)),
      [],
    );
    if (rings !== null) keepHot(rings, taken);
    const newestAt = taken.reduce((newest, { sample }) => Math.max(newest, sample.at), 0);
    hub.publish({ type: 'telemetry', at: newestAt });
    return { newestAt };
  };

  function keepHot(rings: Rings, taken: readonly { instanceId: string; sample: Sample }[]): void {
    const late = new Set<string>();
    const ahead = clock.now() + MAX_AHEAD_MS;
    for (const { instanceId, sample } of taken) {
      if (sample.at > ahead) continue;
      if (sample.at < (rings.get(instanceId)?.newest ?? 0)) late.add(instanceId);
      else rings.push(instanceId, sample);
    }
    // A ring grows at its end only: these are read from the store again.
    for (const instanceId of late) rings.forget(instanceId);
  }
}
