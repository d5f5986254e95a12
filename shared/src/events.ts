import { z } from 'zod';

import { activityEntry } from './activity.ts';
import { claim, claimBatch } from './claims.ts';
import { isoTime, upstreamStatus } from './common.ts';
import { task, taskBatch } from './environment.ts';
import { booking, robotDeployment } from './robots.ts';
import { storeFault } from './session.ts';
import { topologyPatch } from './topology.ts';

export const HEARTBEAT_MS = 10_000;
/** On answers about the session: where a stream must begin to miss nothing of what the page reads from then on. */
export const LAST_EVENT_ID_HEADER = 'X-Last-Event-Id';

/**
 * The SSE `data` of `GET /api/events`. Changes are sent in ticks, at most ten a second; the newest state of a resource
 * replaces earlier ones. The SSE `id`, on the last event of a tick, is `<epoch>.<tick>`. A browser that reconnects with
 * `Last-Event-ID` gets the ticks it missed, or `resync` when they are no longer kept: it must then read everything
 * again.
 */
export const serverEvent = z.discriminatedUnion('type', [
  /** First event of every stream; `person` is whose stream it is. */
  z.object({ type: z.literal('hello'), epoch: z.string(), serverTime: isoTime, person: z.string() }),
  /** Has no SSE id. */
  z.object({ type: z.literal('heartbeat'), serverTime: isoTime }),
  z.object({ type: z.literal('resync'), reason: z.string() }),
  z.object({ type: z.literal('topology'), patch: topologyPatch }),
  z.object({ type: z.literal('upstreams'), upstreams: z.array(upstreamStatus) }),
  /** `at`: the newest sample, epoch milliseconds. */
  z.object({ type: z.literal('telemetry'), at: z.number() }),
  z.object({ type: z.literal('claim'), claim }),
  z.object({ type: z.literal('claim-batch'), batch: claimBatch }),
  z.object({ type: z.literal('booking'), booking }),
  /** Sent only to people who watch this robot. */
  z.object({
    type: z.literal('robot-free'),
    deploymentId: z.string(),
    robotType: z.string(),
    nickname: z.string().optional(),
    people: z.array(z.string()),
  }),
  z.object({ type: z.literal('deployments'), deployments: z.array(robotDeployment) }),
  z.object({ type: z.literal('task'), task }),
  z.object({ type: z.literal('task-batch'), batch: taskBatch }),
  /** Ids of objects with new events; null: of many. */
  z.object({ type: z.literal('object-events'), of: z.array(z.string()).nullable() }),
  /** The number of the newest of `NotificationsResponse`; sent while a page shows them. */
  z.object({ type: z.literal('notifications'), newest: z.number() }),
  /** One began, ended or was acknowledged, or a rule changed. */
  z.object({ type: z.literal('alerts') }),
  z.object({ type: z.literal('activity'), entry: activityEntry }),
  z.object({ type: z.literal('store'), fault: storeFault.nullable() }),
  /** Sent only to whom it concerns: their role or what they must do changed; the session is to be read again. */
  z.object({ type: z.literal('session') }),
  z.object({ type: z.literal('signed-out'), reason: z.string() }),
]);
export type ServerEvent = z.infer<typeof serverEvent>;
export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;
