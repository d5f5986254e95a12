import * as z from 'zod';

import { ApiError } from '../http/reply.ts';

const environmentVariables = z.record(z.string(), z.string()).nullish();

/** Contents of a conductor task; `function` is only for a start (Cycle internal API docs). */
export const taskContents = z.object({
  instance_id: z.string(),
  container_id: z.string(),
  function: z
    .object({
      token: z.string(),
      runtime_variables: z.object({ environment_variables: environmentVariables }),
    })
    .nullish(),
});

export const task = z.object({ action: z.string(), contents: z.unknown() });

export const imageDownload = z.object({ image_id: z.string() });

export const metrics = z.array(
  z.object({
    metric: z.string(),
    type: z.enum(['gauge', 'count', 'counter', 'rate', 'histogram', 'distribution', 'set']),
    labels: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.string()).optional(),
    points: z.array(z.object({ time: z.string(), values: z.array(z.int()).optional() })).optional(),
  }),
);

export const events = z.array(
  z.object({
    event: z.string(),
    type: z.enum(['info', 'warning', 'error', 'success', 'alert', 'notice', 'audit']),
    priority: z.enum(['critical', 'high', 'medium', 'normal', 'low']),
    text: z.string().nullish(),
  }),
);

export const cacheScope = z.enum(['global', 'environment', 'container', 'instance']);

export const cacheItem = z.object({
  scope: cacheScope,
  expires: z.string(),
  key: z.string(),
  value: z.string(),
});

export const snapshots = z.record(z.string(), z.looseObject({ time: z.string() }));

/** Throws 422.invalid-input that names the first field that does not fit. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join('/') || 'body';
  throw new ApiError(422, '422.invalid-input', `${field}: ${issue?.message ?? 'not as expected'}`, field);
}
