import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

export const hubActivity = z.object({
  freshness,
  /** Newest first. */
  entries: z.array(
    z.object({
      id: z.string(),
      at: isoTime.nullable(),
      /** As Cycle names it: `container.start`. */
      event: z.string(),
      /** `success`, `error`, `request` and others. */
      status: z.string(),
      /** `account`, `api-key`, `environment`, `platform` and others; a name only of an account. */
      by: z.object({ kind: z.string(), name: z.string().nullable() }),
      on: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
      error: z.string().nullable(),
    }),
  ),
});
export type HubActivity = z.infer<typeof hubActivity>;
export type HubActivityEntry = HubActivity['entries'][number];
