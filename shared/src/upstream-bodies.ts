import { z } from 'zod';

import { LINES_AT_MOST } from './output.ts';
import { firewallAction, firewallSource, gitBranch, gitCommit, repositoryAddress } from './robot-access.ts';

/**
 * What the proxy takes as the body of a change, by the upstreams' names of fields. What a route takes too has the
 * route's schema, so that both refuse the same in the same words.
 */
const id = z.string().regex(/^[0-9a-f]{24}$/, 'expected 24 hexadecimal digits');
const name = (max = 200) =>
  z.string().min(1, 'expected a value').max(max, `expected at most ${max} characters`);
const labels = z.record(name(), name(1000)).optional();
const tags = z.array(name()).max(100).optional();
const text = z.string().max(10_000, 'expected at most 10,000 characters');

/** For what has no body; an empty object is accepted too. */
export const noBody = z
  .strictObject({})
  .optional()
  .transform(() => undefined);

const time = z.iso.datetime({ offset: true, error: 'expected a time such as 2026-03-26T09:14:50Z' });

/** The platform takes whole numbers only. */
const metric = z.strictObject({
  metric: name(),
  type: z.enum(['gauge', 'count', 'counter', 'rate', 'histogram', 'distribution', 'set']),
  labels,
  tags,
  points: z
    .array(z.strictObject({ time, values: z.array(z.int('expected a whole number')).optional() }))
    .optional(),
});
const event = z.strictObject({
  event: name(),
  type: z.enum(['info', 'warning', 'error', 'success', 'alert', 'notice', 'audit']),
  priority: z.enum(['critical', 'high', 'medium', 'normal', 'low']),
  text: text.nullish(),
  metadata: z
    .strictObject({
      component: z.strictObject({ id: name().optional(), type: name().optional() }).optional(),
    })
    .nullish(),
  extra: z.record(name(), z.unknown()).optional(),
  labels,
  tags,
});

/** "Internal API Reference". */
export const cycleBodies = {
  snapshots: z.record(name(), z.looseObject({ time })),
  imageDownload: z.strictObject({ image_id: id }),
  metrics: z.array(metric).max(1000),
  events: z.array(event).max(1000),
  cacheEntry: z.strictObject({
    scope: z.enum(['global', 'environment', 'container', 'instance']),
    expires: z
      .string()
      .regex(/^(\d+(\.\d+)?(ns|us|µs|μs|ms|s|m|h|d|w|y))+$/u, 'expected a duration, such as 72h45m'),
    key: name(1000),
    value: z.string(),
  }),
} as const;

/** "Cycle Platform API". */
export const platformBodies = {
  logs: z.strictObject({
    scope: z.strictObject({
      type: z.enum(['container', 'instance', 'environment']),
      ids: z.array(id).max(100).nullish(),
      date_range: z.strictObject({ start: time.optional(), end: time.optional() }).nullish(),
    }),
    search: z
      .array(z.strictObject({ type: z.enum(['raw', 'regexp']), match: name() }))
      .max(10)
      .optional(),
    local: z.boolean().nullish(),
    limit: z.int().min(1).max(LINES_AT_MOST).nullish(),
    context_window_size: z.int().min(0).max(100).nullish(),
  }),
} as const;

/** "rerobots API reference", and the running service where it differs. */
export const rerobotsBodies = {
  /** Without `src` rerobots opens the firewall to the caller's address: this server's, not the person's. */
  firewallRule: z
    .strictObject({ src: firewallSource, action: firewallAction.optional() })
    .prefault({} as { src: string }),
  rule: z.strictObject({ cap: z.enum(['CAP_INSTANTIATE', 'CAP_NO_INSTANTIATE']), user: name().optional() }),
  addon: z
    .record(name(100), z.union([text, z.number(), z.boolean(), z.null(), z.array(z.number()).max(100)]))
    .optional(),
  instanceEvent: z.strictObject({
    k: z.enum(['headMove', 'goalReached', 'imageCap', 'baseMove']),
    d: z.record(name(100), z.union([text, z.number(), z.boolean(), z.null()])).optional(),
  }),
  drive: z.strictObject({ linearv: z.number(), angularv: z.number() }).partial(),
  ciNew: z.strictObject({
    repo_url: repositoryAddress,
    repo_type: z.literal('git').optional(),
    repo_branch: gitBranch.optional(),
    repo_commit: gitCommit.optional(),
    ns: name(100).optional(),
  }),
  ciJob: z.strictObject({ branch: gitBranch, commit: gitCommit }),
  ciRestart: z.strictObject({ do: z.literal('restart') }),
} as const;
