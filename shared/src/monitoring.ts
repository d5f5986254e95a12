import { z } from 'zod';

import { cycleBodies } from './upstream-bodies.ts';

/** The same for the routes and the proxy. */
export const metricsRequest = cycleBodies.metrics;
export type MetricsRequest = z.infer<typeof metricsRequest>;
export type Metric = MetricsRequest[number];

export const monitoringEventsRequest = cycleBodies.events;
export type MonitoringEventsRequest = z.infer<typeof monitoringEventsRequest>;
export type MonitoringEvent = MonitoringEventsRequest[number];

export const snapshotsRequest = cycleBodies.snapshots;
export type SnapshotsRequest = z.infer<typeof snapshotsRequest>;

/** Cycle says that it took them, not what became of them. */
export const sentResponse = z.object({ sent: z.number() });
export type SentResponse = z.infer<typeof sentResponse>;
