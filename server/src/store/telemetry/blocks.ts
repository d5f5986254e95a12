import type { Kysely } from 'kysely';

import type { Database } from '../schema.ts';
import type { Frame } from './codec.ts';
import { DamagedBlock, decodeBlock } from './codec.ts';
import type { KeptBlocks } from './kept-blocks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type TierName = 'samples' | 'minutes' | 'hours';
/**
 * `id` is stored. A block holds what falls into its `spanMs`, which begin at whole ones of the epoch; a point of it
 * covers `stepMs`, 0 being the samples themselves.
 */
export type Tier = { name: TierName; id: number; spanMs: number; stepMs: number };

/** The finest first. */
export const TIERS = {
  // Earlier releases wrote those of an hour: the first late sample makes one of two.
  samples: { name: 'samples', id: 0, spanMs: 2 * HOUR, stepMs: 0 },
  minutes: { name: 'minutes', id: 1, spanMs: 6 * HOUR, stepMs: MINUTE },
  hours: { name: 'hours', id: 2, spanMs: 10 * DAY, stepMs: HOUR },
} as const satisfies Record<TierName, Tier>;

export const floorTo = (at: number, spanMs: number): number => Math.floor(at / spanMs) * spanMs;

/** Told of a block that does not read, which then counts as absent. */
export type OnDamaged = (fault: DamagedBlock, instanceId: string, tier: TierName, start: number) => void;

/** In place of all that are there in its span. */
export async function writeBlock(
  within: Kysely<Database>,
  { id, spanMs }: Tier,
  instanceId: string,
  start: number,
  { body, points }: { body: Buffer; points: number },
): Promise<void> {
  const values = { points, bytes: body.length, body };
  await within
    .deleteFrom('telemetry_blocks')
    .where('instance_id', '=', instanceId)
    .where('tier', '=', id)
    .where('start', '>', start)
    .where('start', '<', start + spanMs)
    .execute();
  await within
    .insertInto('telemetry_blocks')
    .values({ instance_id: instanceId, tier: id, start, ...values })
    .onConflict((conflict) => conflict.columns(['instance_id', 'tier', 'start']).doUpdateSet(values))
    .execute();
}

type Options = {
  onDamaged: OnDamaged;
  /** Only these are unpacked. */
  columns?: readonly number[] | undefined;
  kept?: KeptBlocks | undefined;
};

/** Those that reach into `from` ≤ time < `to`, in the order of time. */
export async function readBlocks(
  db: Kysely<Database>,
  tier: Tier,
  { instanceId, from, to }: { instanceId: string; from: number; to: number },
  { onDamaged, columns, kept }: Options,
): Promise<Frame[]> {
  const rows = await db
    .selectFrom('telemetry_blocks')
    .select(['start', 'body'])
    .where('instance_id', '=', instanceId)
    .where('tier', '=', tier.id)
    .where('start', '>=', floorTo(from, tier.spanMs))
    .where('start', '<', to)
    .orderBy('start')
    .execute();
  return rows.flatMap(({ start, body }) => {
    try {
      if (kept === undefined) return decodeBlock(body, columns);
      return kept(`${instanceId} ${tier.id} ${start}`, body, columns);
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      onDamaged(error, instanceId, tier.name, start);
      return [];
    }
  });
}
