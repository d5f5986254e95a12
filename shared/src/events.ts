import { z } from 'zod';

import { activityEntry } from './activity.ts';
import { claim, claimBatch } from './claims.ts';
import { isoTime, upstreamStatus } from './common.ts';
import { task } from './environment.ts';
import { booking, robotDeployment } from './robots.ts';
import { storeFault } from './session.ts';
import { topologyPatch } from './topology.ts';

/** How often a stream says something even where nothing happens. */
export const HEARTBEAT_MS = 10_000;

/**
 * Everything pushed over `GET /api/events`, as the JSON of the SSE `data` field. Changes travel in ticks, at most ten
 * a second, in which the newest state of a thing stands for all before it. The SSE `id` is `<epoch>.<tick>`, at the last
 * event of a tick; a browser that comes back with `Last-Event-ID` gets the ticks it missed, or `resync` where they
 * can't be told any more: then it reads everything anew.
 */
export const serverEvent = z.discriminatedUnion('type', [
  /** The first word of every stream, and whose stream it is. */
  z.object({ type: z.literal('hello'), epoch: z.string(), serverTime: isoTime, person: z.string() }),
  /** The stream is alive; without an id. */
  z.object({ type: z.literal('heartbeat'), serverTime: isoTime }),
  z.object({ type: z.literal('resync'), reason: z.string() }),
  z.object({ type: z.literal('topology'), patch: topologyPatch }),
  z.object({ type: z.literal('upstreams'), upstreams: z.array(upstreamStatus) }),
  /** New samples were taken; `at` is the newest, epoch milliseconds. */
  z.object({ type: z.literal('telemetry'), at: z.number() }),
  z.object({ type: z.literal('claim'), claim }),
  z.object({ type: z.literal('claim-batch'), batch: claimBatch }),
  z.object({ type: z.literal('booking'), booking }),
  /** Only to those who asked to be told: a robot they watch is free. */
  z.object({
    type: z.literal('robot-free'),
    deploymentId: z.string(),
    robotType: z.string(),
    people: z.array(z.string()),
  }),
  z.object({ type: z.literal('deployments'), deployments: z.array(robotDeployment) }),
  z.object({ type: z.literal('task'), task }),
  z.object({ type: z.literal('activity'), entry: activityEntry }),
  z.object({ type: z.literal('store'), fault: storeFault.nullable() }),
  z.object({ type: z.literal('signed-out'), reason: z.string() }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;
export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;
