import { setImmediate as turn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import { lockQuota } from '../quota-lock.ts';
import type { Database } from '../schema.ts';
import { floorTo, readBlocks, TIERS, writeBlock } from './blocks.ts';
import type { OnDamaged, Tier } from './blocks.ts';
import { encodeBlock } from './codec.ts';
import type { Frame } from './codec.ts';
import { sampleTerms } from './columns.ts';
import { oldestAfter, takeHead } from './head.ts';
import { cut, frameOf, joined, mergePoints, mergeSamples } from './merge.ts';
import { hoursOf, minutesOf, tierTerms } from './tiers.ts';

/** How long an hour stays open: most samples that come late then need no second writing. */
const OPEN_MS = 5 * 60_000;

/** Up to when all samples taken by `now` can be sealed. */
export const sealableUntil = (now: number): number => floorTo(now - OPEN_MS, TIERS.hours.stepMs);

type Options = { until: number; onDamaged: OnDamaged; isWanted?: () => boolean };

/**
 * Puts all samples before `until`, a whole hour, into blocks and adds them to the tiers: an instance and six hours at a
 * time, each a transaction, so it can be stopped anywhere and goes on from there. Samples that came late are merged into
 * the block that is there. Several processes may do it at once. Returns how many samples it moved.
 */
export async function sealSamples(
  db: Kysely<Database>,
  { until, onDamaged, isWanted = () => true }: Options,
): Promise<number> {
  let moved = 0;
  let done: string | null = null;
  while (isWanted()) {
    const next = await oldestAfter(db, done);
    if (next === null) break;
    if (next.at >= until) done = next.instanceId;
    else moved += await sealWindow(db, next.instanceId, next.at, until, onDamaged);
    // Others have their turn, since SQLite answers at once.
    await turn();
  }
  return moved;
}

async function sealWindow(
  db: Kysely<Database>,
  instanceId: string,
  at: number,
  until: number,
  onDamaged: OnDamaged,
): Promise<number> {
  const from = floorTo(at, TIERS.minutes.spanMs);
  const to = Math.min(until, from + TIERS.minutes.spanMs);
  return await db.transaction().execute(async (within) => {
    // Two that merge into the same block must see each other's.
    await lockQuota(within, `telemetry ${instanceId}`);
    const taken = frameOf(await takeHead(within, instanceId, from, to));
    if (taken.times.length === 0) return 0;
    const read = async (tier: Tier, start: number): Promise<Frame | undefined> => {
      const range = { instanceId, from: start, to: start + tier.spanMs };
      return joined(await readBlocks(within, tier, range, { onDamaged }));
    };
    const put = async (tier: Tier, start: number, frame: Frame, before: number | null): Promise<void> => {
      const body = encodeBlock(frame, { before, terms: tier.stepMs === 0 ? sampleTerms : tierTerms });
      await writeBlock(within, tier, instanceId, start, { body, points: frame.times.length });
    };

    const { spanMs } = TIERS.samples;
    const touched: Frame[] = [];
    let before: number | null = null;
    for (let start = from; start < to; start += spanMs) {
      const fresh = cut(taken, start, start + spanMs);
      if (fresh.times.length === 0) continue;
      before = before ?? (await lastBefore(within, instanceId, start, onDamaged));
      const whole = mergeSamples(await read(TIERS.samples, start), fresh);
      await put(TIERS.samples, start, whole, before);
      before = whole.times.at(-1) ?? null;
      touched.push(minutesOf(whole));
    }
    const stored = await read(TIERS.minutes, from);
    const minutes = touched.reduce<Frame | undefined>((all, some) => mergePoints(all, some), stored);
    if (minutes === undefined) return taken.times.length;
    await put(TIERS.minutes, from, minutes, null);

    const first = floorTo(taken.times[0] ?? from, spanMs);
    const longer = floorTo(from, TIERS.hours.spanMs);
    const hours = await read(TIERS.hours, longer);
    await put(TIERS.hours, longer, mergePoints(hours, hoursOf(cut(minutes, first, to))), null);
    return taken.times.length;
  });
}

async function lastBefore(
  within: Kysely<Database>,
  instanceId: string,
  start: number,
  onDamaged: OnDamaged,
): Promise<number | null> {
  const range = { instanceId, from: start - TIERS.samples.spanMs, to: start };
  const frames = await readBlocks(within, TIERS.samples, range, { onDamaged, columns: [] });
  return frames.at(-1)?.times.at(-1) ?? null;
}
