import { backoffMs } from '@cyclorama/shared/backoff.ts';
import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Kysely } from 'kysely';
import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Database } from '../../store/schema.ts';
import { readCursors, writeSamples } from '../../store/telemetry/head.ts';
import type { CursorRow, SampleRow } from '../../store/telemetry/head.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { CYCLE_LABEL } from '../../upstream/cycle/reads.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { explain } from '../../upstream/http-faults.ts';
import type { Reading } from './freshness.ts';
import { cursorOf, deriveSample, MAX_AHEAD_MS, withoutFalseLimit } from './rates.ts';
import type { Cursor, Sample } from './rates.ts';
import type { Rings } from './rings.ts';
import { toSampleRow } from './sample-row.ts';

export const POLL_MS = 10_000;
/** What was not measured for as long is forgotten here. */
const FORGET_MS = 48 * 3_600_000;
const FORGET_ROUND_MS = 300_000;
/** Between samples, reads only show that telemetry still comes. */
const CHECK_MS = 1_500;
/** An answer with more rows is read for samples only. */
const LARGE_ROWS = 1_000;
/** A read longer than this, and than three times the last, counts as failing before it ends. */
const OVERDUE_MS = 2_500;
const READ_TIMEOUT_MS = 5_000;
/** While the store can't be written, the oldest are let go beyond this many. */
const MOST_UNSTORED = 100_000;
const faultWaits = { firstMs: 1_000, longestMs: 5_000 };
/** The upstream answered: it asks for fewer calls, or will refuse again. */
const refusedWaits = { firstMs: POLL_MS, longestMs: 60_000 };

type Deps = {
  client: Pick<CycleClient, 'telemetry'>;
  rings: Rings;
  db: Kysely<Database>;
  hub: { publish(event: ServerEvent): void };
  health: Pick<UpstreamHealth, 'partFails'>;
  /** Rows of other environments are dropped; null while unknown. */
  environmentId: () => string | null;
  /** Sampling interval of the container, milliseconds. */
  intervalMs: (containerId: string) => number;
  /** A memory limit above the host's memory counts as none. */
  hostMemoryBytes: () => number;
  /** While a collector process hands over this server's samples, they are only read to see that they still come. */
  isHandedOver?: () => boolean;
  clock: Clock;
  logger: Logger;
  pollMs?: number;
  /** 0 ≤ n < 1, for the jitter of retries. */
  random?: () => number;
};

export type TelemetryCollector = { readonly reading: Reading; start(): Promise<void>; stop(): Promise<void> };

/**
 * Counters become rates, kept in memory for hours and in the store. One read at a time; refusals are retried
 * with growing waits.
 */
export function createTelemetryCollector(deps: Deps): TelemetryCollector {
  const { client, rings, db, hub, clock, logger, pollMs = POLL_MS, random = Math.random } = deps;
  const cursors = new Map<string, Cursor>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = true;
  let failures = 0;
  let nextSampleAt = Number.NEGATIVE_INFINITY;
  let isLarge = false;
  let usualMs = 0;
  const reading: { -readonly [K in keyof Reading]: Reading[K] } = {
    readAt: null,
    failingSince: null,
    fault: null,
  };
  let forgottenAt = Number.NEGATIVE_INFINITY;
  let unstored: { rows: SampleRow[]; cursors: Map<string, CursorRow> } = { rows: [], cursors: new Map() };

  const read = async (): Promise<CycleTelemetryRow[]> => {
    const startedAt = performance.now();
    const overdue = setTimeout(() => noteFault(overdueFault()), Math.max(OVERDUE_MS, usualMs * 3));
    try {
      const listed = await client.telemetry(isLarge ? {} : { timeoutMs: READ_TIMEOUT_MS });
      usualMs = performance.now() - startedAt;
      isLarge = listed.length > LARGE_ROWS;
      return listed;
    } finally {
      clearTimeout(overdue);
    }
  };

  const take = async (): Promise<void> => {
    const environmentId = deps.environmentId();
    // Until our environment is known, foreign rows can't be recognised.
    if (environmentId === null) return;
    const startedAt = clock.now();
    const listed = await read();
    reading.readAt = startedAt;
    // A clock set back must not stop the samples.
    if (startedAt < nextSampleAt && nextSampleAt - startedAt <= pollMs) return;
    nextSampleAt = startedAt + pollMs;
    if (deps.isHandedOver?.() === true) return;
    const rows = listed
      .filter((row) => row.environmentId === environmentId)
      .map((row) => withoutFalseLimit(row, deps.hostMemoryBytes()));
    const now = clock.now();
    rings.dropAfter(now + MAX_AHEAD_MS);
    const taken: { row: CycleTelemetryRow; sample: Sample }[] = [];
    for (const row of rows) {
      const derived = deriveSample(
        cursors.get(row.instanceId) ?? null,
        row,
        deps.intervalMs(row.containerId),
      );
      if (derived === null) continue;
      const sample = filedBy(now, derived);
      cursors.set(row.instanceId, cursorOf(row));
      rings.push(row.instanceId, sample);
      taken.push({ row, sample });
    }
    if (taken.length === 0) return;
    hub.publish({ type: 'telemetry', at: Math.max(...taken.map(({ sample }) => sample.at)) });
    for (const { row, sample } of taken) {
      unstored.rows.push(toSampleRow(row.instanceId, sample));
      unstored.cursors.set(row.instanceId, cursorRow(row));
    }
  };

  /** What was taken while the store could not be written goes with what comes next; one that is there stays as it is. */
  const store = async (): Promise<void> => {
    const { rows, cursors: positions } = unstored;
    if (rows.length === 0) return;
    try {
      await writeSamples(db, rows, [...positions.values()]);
      unstored = { rows: [], cursors: new Map() };
    } catch (error) {
      if (!(error instanceof AppError)) logger.error({ err: error }, 'telemetry could not be kept');
      const dropped = Math.max(0, rows.length - MOST_UNSTORED);
      if (dropped > 0) logger.error({ dropped }, 'samples were let go, as the store could not be written');
      unstored.rows = rows.slice(dropped);
    }
  };

  const forget = (): void => {
    const now = clock.now();
    if (Math.abs(now - forgottenAt) < FORGET_ROUND_MS) return;
    forgottenAt = now;
    for (const [id, { at }] of cursors) if (at < now - FORGET_MS) cursors.delete(id);
    rings.dropOlderThan(now - FORGET_MS);
  };

  /** A refusal is an answer: only the telemetry is missing then. */
  const noteFault = (fault: unknown): void => {
    reading.failingSince = fault === null ? null : (reading.failingSince ?? clock.now());
    reading.fault = fault;
    const fails = fault instanceof UpstreamError && fault.fault !== 'refused';
    deps.health.partFails('telemetry', fails ? explain(CYCLE_LABEL, fault) : null);
  };

  const round = async (): Promise<void> => {
    try {
      await take();
      forget();
      failures = 0;
      noteFault(null);
    } catch (error) {
      failures += 1;
      noteFault(error);
      if (!(error instanceof UpstreamError)) logger.error({ err: error }, 'telemetry could not be read');
    }
    await store();
    schedule(failures === 0 ? pauseMs() : backoffMs(failures, { ...waitsAfter(reading.fault), random }));
  };
  const pauseMs = (): number => (isLarge ? pollMs : Math.min(CHECK_MS, pollMs));

  const schedule = (delayMs: number): void => {
    if (stopped) return;
    // While the environment is unknown, retry soon: the first sample should not wait a whole interval.
    const soon = deps.environmentId() === null ? Math.min(delayMs, 500) : delayMs;
    timer = setTimeout(() => {
      running = round();
    }, soon);
  };

  return {
    reading,
    async start() {
      if (!stopped) return;
      stopped = false;
      for (const row of await readCursors(db)) {
        const cursor = parseCursor(row.counters);
        if (cursor !== null) cursors.set(row.instance_id, cursor);
      }
      schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function overdueFault(): UpstreamError {
  return new UpstreamError('cycle', 'timeout', `${CYCLE_LABEL} does not answer in time.`);
}

function waitsAfter(fault: unknown): { firstMs: number; longestMs: number } {
  const isRefused = fault instanceof UpstreamError && ['refused', 'rate-limited'].includes(fault.fault);
  return isRefused ? refusedWaits : faultWaits;
}

/** A sample too far ahead is stored under the time it was read. */
function filedBy(now: number, sample: Sample): Sample {
  const ahead = sample.at - now;
  return ahead <= MAX_AHEAD_MS ? sample : { ...sample, at: now, start: sample.start - ahead };
}

function cursorRow(row: CycleTelemetryRow) {
  return {
    instance_id: row.instanceId,
    container_id: row.containerId,
    at: row.at,
    counters: JSON.stringify(cursorOf(row)),
  };
}

const count = z.number().nullable();
const cursorShape: z.ZodType<Cursor> = z.object({
  at: z.number(),
  cpuNs: count,
  periods: count,
  throttledPeriods: count,
  limitHits: count,
  interfaces: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['private', 'public', 'other']),
      receivedBytes: count,
      transmittedBytes: count,
      errors: count,
      drops: count,
    }),
  ),
});

/** Null where the shape has changed since; counting then starts afresh. */
export function parseCursor(text: string): Cursor | null {
  try {
    return cursorShape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
