import { z } from 'zod';

import { isoTime } from './common.ts';

export const objectKind = z.enum([
  'instance',
  'container',
  'virtual-machine',
  'domain',
  'server',
  'environment',
]);
export type ObjectKind = z.infer<typeof objectKind>;

/** `action`: asked for by a person. */
export const objectEventKind = z.enum([
  'state',
  'health',
  'readiness',
  'restart',
  'deployment',
  'scaling',
  'migration',
  'setting',
  'created',
  'deleted',
  'action',
]);
export type ObjectEventKind = z.infer<typeof objectEventKind>;

/** `started`: goes on. `recovered`: what failed before is well again. `changed`: neither good nor bad. */
export const objectEventOutcome = z.enum(['changed', 'started', 'done', 'recovered', 'failed', 'refused']);
export type ObjectEventOutcome = z.infer<typeof objectEventOutcome>;

export const objectEvent = z.object({
  id: z.number(),
  time: isoTime,
  /** Of a deployment or an action that is over. */
  ended: isoTime.nullable(),
  of: z.object({ kind: objectKind, id: z.string(), name: z.string() }),
  kind: objectEventKind,
  /** A state, a version, a number or a server; of an action, `after` is its name, of settings their names. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  outcome: objectEventOutcome,
  /** Null: nobody asked for it here. */
  by: z.string().nullable(),
  detail: z.string().nullable(),
});
export type ObjectEvent = z.infer<typeof objectEvent>;

export const objectEventsQuery = z.object({
  /** Id of an object; a container's events include those of its instances. */
  of: z.string().max(200).optional(),
  before: z.coerce.number().int().positive().optional(),
  /** From this time on. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Up to this time. */
  to: z.iso.datetime({ offset: true }).optional(),
  /** `notable`: what a chart marks, without mere changes of state. */
  only: z.enum(['notable']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const objectEventsPage = z.object({
  events: z.array(objectEvent),
  nextBefore: z.number().nullable(),
});
export type ObjectEventsPage = z.infer<typeof objectEventsPage>;
