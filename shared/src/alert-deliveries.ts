import { z } from 'zod';

import { alertSeverity } from './alerts.ts';
import { isoTime } from './common.ts';

export const alertChannel = z.enum(['webhook', 'monitoring']);
export type AlertChannel = z.infer<typeof alertChannel>;

export const alertMessageKind = z.enum(['firing', 'resolved']);
export type AlertMessageKind = z.infer<typeof alertMessageKind>;

/** What a webhook receives, as Standard Webhooks shapes it; the alerts of one rule that changed in the same round. */
export const alertMessage = z.object({
  type: z.enum(['alert.firing', 'alert.resolved']),
  timestamp: isoTime,
  data: z.object({
    /** In one line: "Instance failed: api-1, api-2 and 12 more". */
    summary: z.string(),
    rule: z.object({ id: z.string(), name: z.string() }),
    /** The worst among them. */
    severity: alertSeverity,
    /** How many; `alerts` names the first of them. */
    total: z.number(),
    alerts: z.array(
      z.object({
        id: z.string(),
        severity: alertSeverity,
        of: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
        detail: z.string(),
        since: isoTime,
        firedAt: isoTime.nullable(),
        resolvedAt: isoTime.nullable(),
        resolvedBecause: z.string().nullable(),
      }),
    ),
    /** Where to look; null where PUBLIC_URL is not set. */
    url: z.string().nullable(),
  }),
});
export type AlertMessage = z.infer<typeof alertMessage>;

/** The newest messages, also where nobody outside of the page receives them. */
export const alertMessagesResponse = z.object({
  /** Newest first, twenty at most. */
  messages: z.array(
    z.object({
      id: z.string(),
      kind: alertMessageKind,
      rule: z.object({ id: z.string(), name: z.string() }),
      summary: z.string(),
      createdAt: isoTime,
      /** The one alert it is about; null where it is about several. */
      alertId: z.string().nullable(),
    }),
  ),
});
export type AlertMessagesResponse = z.infer<typeof alertMessagesResponse>;

/** `given-up`: tried for hours; it is sent again only when an admin asks. */
export const alertDeliveryState = z.enum(['waiting', 'delivered', 'given-up']);
export type AlertDeliveryState = z.infer<typeof alertDeliveryState>;

export const alertDelivery = z.object({
  id: z.string(),
  /** Also the `webhook-id` it is sent with. */
  messageId: z.string(),
  channel: alertChannel,
  kind: alertMessageKind,
  rule: z.object({ id: z.string(), name: z.string() }),
  summary: z.string(),
  createdAt: isoTime,
  state: alertDeliveryState,
  tries: z.number(),
  triedAt: isoTime.nullable(),
  /** Of the last answer; null where there was none. */
  status: z.number().nullable(),
  /** Why the last try failed; null where it did not. */
  fault: z.string().nullable(),
  /** When it is tried next; null where it is not. */
  nextAt: isoTime.nullable(),
});
export type AlertDelivery = z.infer<typeof alertDelivery>;

export const alertDeliveriesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const alertDeliveriesResponse = z.object({
  /** Host the webhook goes to; null where none is set. */
  webhookHost: z.string().nullable(),
  /** Newest first. */
  deliveries: z.array(alertDelivery),
  /** How many there are, also past `limit`. */
  total: z.number(),
});
export type AlertDeliveriesResponse = z.infer<typeof alertDeliveriesResponse>;
