import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

/** How long a page shows a value that was revealed. */
export const REVEALED_FOR_MS = 60_000;

/** Variables of the environment that the dashboard's own instance may read. Their values leave one at a time only. */
export const scopedVariables = z.object({
  freshness,
  /** Cycle serves a variable with a duration only for so long after this; null where it is not known. */
  startedAt: isoTime.nullable(),
  variables: z.array(
    z.object({
      name: z.string(),
      /** Cycle could not fetch it from its URL, or it was given no value. */
      isEmpty: z.boolean(),
      /** Cycle serves it until then; null: as long as the instance runs. Absent: not known. */
      servedUntil: isoTime.nullable().optional(),
    }),
  ),
  /** Why nothing is known of durations, in a sentence; null: they are known. */
  durationsUnknown: z.string().nullable(),
});
export type ScopedVariables = z.infer<typeof scopedVariables>;
export type ScopedVariable = ScopedVariables['variables'][number];

export const revealedVariable = z.object({
  name: z.string(),
  value: z.string(),
  /** The page must not show it any longer. */
  hideAt: isoTime,
});
export type RevealedVariable = z.infer<typeof revealedVariable>;
