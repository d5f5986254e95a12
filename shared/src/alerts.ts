import { z } from 'zod';

import { isoTime } from './common.ts';
import { measure } from './telemetry.ts';

export const alertSeverity = z.enum(['critical', 'warning', 'info']);
export type AlertSeverity = z.infer<typeof alertSeverity>;

/** As telemetry has them, and `memoryShare`: per cent of the memory limit. */
export const alertMeasure = z.enum([...measure.options, 'memoryShare']);
export type AlertMeasure = z.infer<typeof alertMeasure>;

/** What must be so for as long as the rule says. */
export const alertCondition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('instance-state'),
    is: z.enum(['unhealthy', 'not-ready', 'failed', 'not-running']),
  }),
  z.strictObject({ kind: z.literal('container-state'), is: z.enum(['not-well', 'not-running']) }),
  z.strictObject({
    kind: z.literal('measure'),
    measure: alertMeasure,
    than: z.enum(['above', 'below']),
    /** In the measure's own unit. */
    threshold: z.number().finite(),
  }),
  /** What all instances of a container, or all on a server, use together. Of `memoryShare`: of all their limits. */
  z.strictObject({
    kind: z.literal('group-measure'),
    of: z.enum(['container', 'server']),
    by: z.enum(['sum', 'mean']),
    measure: alertMeasure,
    than: z.enum(['above', 'below']),
    threshold: z.number().finite(),
  }),
  z.strictObject({ kind: z.literal('certificate'), daysLeft: z.number().int().min(0).max(365) }),
  /** A server with instances whose telemetry nobody reports any more. */
  z.strictObject({ kind: z.literal('collector') }),
  /** How many wait for a robot; null: of any type. */
  z.strictObject({
    kind: z.literal('queue'),
    robotType: z.string().min(1).max(100).nullable(),
    above: z.number().int().min(0).max(10_000),
  }),
  /** So many claims of a container have failed within the last minutes. */
  z.strictObject({
    kind: z.literal('claims'),
    failures: z.number().int().min(1).max(1000),
    minutes: z.number().int().min(1).max(1440),
  }),
  /** A pool that takes claims has no idle instance left. */
  z.strictObject({ kind: z.literal('pool') }),
  /** `deployment`: the newest of a container. */
  z.strictObject({
    kind: z.literal('age'),
    of: z.enum(['claim', 'booking', 'deployment']),
    hours: z.number().min(0).max(8760),
  }),
]);
export type AlertCondition = z.infer<typeof alertCondition>;
export type AlertConditionKind = AlertCondition['kind'];

/** Which objects a rule is about; without any of them, all. What `objects` or `names` names is looked at. */
export const alertScope = z.strictObject({
  /** Ids of instances, containers (with their instances), servers (with theirs) or domains. */
  objects: z.array(z.string().min(1).max(100)).max(100).default([]),
  /** Names of objects, or of the containers they are in; `*` stands for anything: `api-*`. */
  names: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
  /** Cycle's deployment labels (`deployment.version`); objects without one of them are left out. */
  deployments: z.array(z.string().min(1).max(100)).max(20).default([]),
});
export type AlertScope = z.infer<typeof alertScope>;

const LONGEST_WAIT_SECONDS = 7 * 86_400;

export const alertRuleRequest = z.strictObject({
  name: z.string().trim().min(1, 'expected a name').max(80),
  condition: alertCondition,
  scope: alertScope.default({ objects: [], names: [], deployments: [] }),
  /** For how long the condition must hold. */
  forSeconds: z.number().int().min(0).max(LONGEST_WAIT_SECONDS),
  severity: alertSeverity,
  enabled: z.boolean().default(true),
});
export type AlertRuleRequest = z.infer<typeof alertRuleRequest>;

export const alertRule = alertRuleRequest.extend({
  id: z.string(),
  /** Comes with the product: can be changed and switched off, not deleted. */
  isBuiltIn: z.boolean(),
  /** Null: as it came with the product. */
  changedBy: z.string().nullable(),
  changedAt: isoTime,
  /** How many objects it fires for now. */
  firing: z.number(),
  /** Why it can't be checked now; what fires stays until it can. Null where it is checked. */
  blind: z.string().nullable(),
});
export type AlertRule = z.infer<typeof alertRule>;
export const alertRulesResponse = z.object({ rules: z.array(alertRule) });
export type AlertRulesResponse = z.infer<typeof alertRulesResponse>;

/** `pending`: the condition holds, not yet for as long as the rule says. */
export const alertState = z.enum(['pending', 'firing', 'resolved']);
export type AlertState = z.infer<typeof alertState>;

export const alert = z.object({
  id: z.string(),
  rule: z.object({ id: z.string(), name: z.string() }),
  severity: alertSeverity,
  state: alertState,
  of: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** What was seen, in a few words. */
  detail: z.string(),
  /** Since when the condition holds. */
  since: isoTime,
  firedAt: isoTime.nullable(),
  resolvedAt: isoTime.nullable(),
  /** When it was told outside of the page that it fires; null: not yet, or never, as it was over within quiet hours. */
  toldAt: isoTime.nullable(),
  /** Why it ended. */
  resolvedBecause: z.string().nullable(),
  acknowledged: z.object({ by: z.string(), at: isoTime, note: z.string().nullable() }).nullable(),
});
export type Alert = z.infer<typeof alert>;

export const alertsQuery = z.object({
  /** `open`: pending and firing. */
  state: z.enum(['open', 'resolved']).default('open'),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
export const alertsResponse = z.object({
  /** Newest first. */
  alerts: z.array(alert),
  /** How many there are, also past `limit`. */
  total: z.number(),
});
export type AlertsResponse = z.infer<typeof alertsResponse>;

export const alertsWithinQuery = z.object({
  /** Id of an instance, a container (with its instances), a server (with theirs) or the environment (with all of them). */
  of: z.string().min(1).max(100),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
});
export const alertsWithinResponse = z.object({
  /** Those that fired at any moment of that time, newest first, two hundred at most. */
  alerts: z.array(alert),
});
export type AlertsWithinResponse = z.infer<typeof alertsWithinResponse>;

export const alertsSummary = z.object({
  firing: z.number(),
  unacknowledged: z.number(),
  /** The worst that fires and nobody has acknowledged; null where none does. */
  worst: alertSeverity.nullable(),
});
export type AlertsSummary = z.infer<typeof alertsSummary>;

export const acknowledgeRequest = z.strictObject({
  note: z.string().trim().max(500).optional(),
});
export type AcknowledgeRequest = z.infer<typeof acknowledgeRequest>;

/** What a rule would have seen. */
export const alertTrial = z.object({
  from: isoTime,
  to: isoTime,
  /** Why there is no past to try it on, or not all of it; null where there is. */
  limits: z.string().nullable(),
  /** How often it would have fired. */
  total: z.number(),
  /** The newest of them, newest first. */
  times: z.array(
    z.object({
      of: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
      firedAt: isoTime,
      /** Null: it would fire still. */
      resolvedAt: isoTime.nullable(),
    }),
  ),
});
export type AlertTrial = z.infer<typeof alertTrial>;
