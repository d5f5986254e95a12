import { z } from 'zod';

import { nodeKind } from './topology.ts';

/** Epoch milliseconds. */
const moment = z.coerce.number().int().positive();

export const momentQuery = z.object({ at: moment });
export const differenceQuery = z.object({ from: moment, to: moment });

/** What is kept of the environment's past: one picture a minute, at its beginning. */
export const recordedHistory = z.object({
  /** Oldest first, epoch milliseconds; between two spans nothing is known. */
  spans: z.array(z.object({ from: z.number(), until: z.number() })),
  stepMs: z.number(),
  keptDays: z.number(),
});
export type RecordedHistory = z.infer<typeof recordedHistory>;

/** `moved`: an instance that runs on another server. */
export const nodeChange = z.enum(['came', 'went', 'moved', 'changed']);
export type NodeChange = z.infer<typeof nodeChange>;

export const differenceItem = z.object({
  id: z.string(),
  kind: nodeKind,
  name: z.string(),
  change: nodeChange,
  /** Of what moved or changed; values as people read them, ids by their names. */
  fields: z.array(
    z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type DifferenceItem = z.infer<typeof differenceItem>;

/** Between the minutes in which `from` and `to` lie. */
export const difference = z.object({
  from: z.number(),
  to: z.number(),
  items: z.array(differenceItem),
});
export type Difference = z.infer<typeof difference>;
