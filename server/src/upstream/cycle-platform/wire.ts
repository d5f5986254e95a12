import { z } from 'zod';

import { readableText } from '../wire-text.ts';

export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().nullish(),
  refresh_token: z.string().nullish(),
});

const failure = z.object({ message: readableText.nullish() }).nullish();
const events = z
  .object({ queued: z.string().nullish(), started: z.string().nullish(), completed: z.string().nullish() })
  .nullish();
/** A step has times and no state; "never" is the year 1. */
const step = z.object({
  caption: readableText.nullish(),
  started: z.string().nullish(),
  completed: z.string().nullish(),
});
/** Only the id of what it works on: the rest may hold secrets. */
const input = z
  .object({ id: z.string().optional().catch(undefined) })
  .nullish()
  .catch(null);
const job = z.object({
  id: z.string(),
  caption: readableText.nullish(),
  events,
  schedule: z.string().nullish(),
  tasks: z
    .array(
      z.object({
        id: z.string().nullish(),
        caption: readableText.nullish(),
        events,
        state: z.object({ current: z.string().nullish() }).nullish(),
        error: failure,
        input,
        steps: z.array(step).nullish(),
      }),
    )
    .nullish(),
  state: z.object({ current: z.string().nullish(), error: failure }).nullish(),
});
export type JobWire = z.infer<typeof job>;

export const jobsAnswer = z.object({ data: z.array(job).nullish() });
export const jobAnswer = z.object({ data: job });

/** Not the value, which is not read from here. */
export const scopedVariablesAnswer = z.object({
  data: z
    .array(
      z.object({
        identifier: readableText,
        access: z.object({ internal_api: z.object({ duration: z.string().nullish() }).nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const name = z.object({ first: readableText.nullish(), last: readableText.nullish() }).nullish().catch(null);
const activityEntry = z.object({
  id: z.string(),
  time: z.string().nullish(),
  event: readableText.nullish(),
  status: readableText.nullish(),
  user: z.object({ id: z.string().nullish(), type: readableText.nullish() }).nullish(),
  component: z.object({ id: z.string(), type: readableText }).nullish().catch(null),
  error: failure,
});
/** Of an account only the name: addresses are nobody's business here. */
export const activityAnswer = z.object({
  data: z.array(activityEntry).nullish(),
  includes: z
    .object({
      users: z
        .object({ accounts: z.record(z.string(), z.object({ name })).nullish() })
        .nullish()
        .catch(null),
    })
    .nullish(),
});

/** Refusals come in the platform's envelope, sign-in refusals in OAuth's. */
export const errorAnswer = z.union([
  z.object({
    error: z.object({
      code: z.string().nullish(),
      title: readableText.nullish(),
      extra: z.object({ capability: readableText.nullish() }).nullish().catch(null),
    }),
  }),
  z.object({ error: readableText, error_description: readableText.nullish() }),
]);
