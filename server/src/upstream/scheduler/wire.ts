import { z } from 'zod';

import { readableText, recordOf } from '../wire-text.ts';

/** "Cycle scheduler API reference". Lenient: unknown fields pass, unused ones are not read. */
export const claimedInstance = z.object({ data: z.object({ instance_id: z.string().min(1) }) });

export const spawnedInstance = z.object({
  data: z.object({ instance_id: z.string().min(1), server_id: z.string().nullish() }),
});

const activeInstance = z.object({
  container_id: z.string().nullish(),
  state: z.object({ current: z.string().nullish(), changed: z.string().nullish() }).nullish(),
});
/** `/active` is a map from instance id to instance, not a list; null stands for empty. */
export const activeInstances = z.object({ data: recordOf(activeInstance).nullish() });
export type ActiveInstances = z.infer<typeof activeInstances>;

/** Errors share the platform's envelope; the body may also be empty. */
export const errorEnvelope = z.object({
  error: z.object({
    code: z.string().nullish(),
    title: readableText.nullish(),
    detail: readableText.nullish(),
  }),
});
