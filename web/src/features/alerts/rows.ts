import type {
  AlertChannel,
  AlertDeliveryState,
  AlertMessagesResponse,
} from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertSettings } from '@cyclorama/shared/alert-settings.ts';
import type { Alert, AlertRule, AlertRuleRequest, AlertSeverity } from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { quietHoursText } from '@cyclorama/shared/rules/quiet-hours.ts';

import { matchesText } from '../../lib/text-filter.ts';
import type { BadgeTone } from '../../ui/badge.tsx';

export const severityTones: Record<AlertSeverity, BadgeTone> = {
  critical: 'danger',
  warning: 'warning',
  info: 'neutral',
};

export const channelLabels: Record<AlertChannel, string> = { webhook: 'Webhook', monitoring: 'Monitoring' };

export const deliveryStates: Record<AlertDeliveryState, { label: string; tone: BadgeTone }> = {
  waiting: { label: 'waiting', tone: 'warning' },
  delivered: { label: 'delivered', tone: 'success' },
  'given-up': { label: 'given up', tone: 'danger' },
};

/** Why nobody was told of an alert that fired; null: they were, or it did not. */
export function untoldText({ state, firedAt, toldAt }: Alert): string | null {
  if (firedAt === null || toldAt !== null) return null;
  return state === 'firing'
    ? 'quiet hours, told when they end'
    : 'began and ended in quiet hours, told to nobody';
}

const AROUND_MS = 15 * 60_000;
const CHARTED = new Set(['instance', 'container', 'server']);

/**
 * What the Telemetry page's address keeps of an alert's object and of the time around it, once it is over; null where
 * nothing is measured.
 */
export function chartSearch({ of, since, resolvedAt }: Pick<Alert, 'of' | 'since' | 'resolvedAt'>) {
  if (!CHARTED.has(of.kind)) return null;
  const object = { [of.kind]: of.id };
  if (resolvedAt === null) return object;
  return { ...object, from: Date.parse(since) - AROUND_MS, to: Date.parse(resolvedAt) + AROUND_MS };
}

/** Where a message leads: to the one alert it is about, or to those of its rule. */
export function placeOf({ kind, rule, alertId }: AlertMessagesResponse['messages'][number]) {
  const view = kind === 'firing' ? {} : { view: 'over' as const };
  return alertId === null ? { ...view, q: rule.name } : { ...view, alert: alertId };
}

export function quietText({ quietHours, isQuiet, changedBy, toMonitoring }: AlertSettings): string {
  const sent = toMonitoring ? ' Also sent to Cycle’s monitoring.' : '';
  if (quietHours === null) return `No quiet hours: alerts are told at any time.${sent}`;
  const by = changedBy === null ? '' : `, set by ${changedBy}`;
  return `Quiet hours ${quietHoursText(quietHours)}${by}.${isQuiet ? ' It is quiet now.' : ''}${sent}`;
}

/** `seen` null: nothing was read before, so that all of them are old. Oldest first. */
export function unseenMessages<M extends { id: string }>(
  messages: readonly M[],
  seen: ReadonlySet<string> | null,
): M[] {
  return seen === null ? [] : messages.filter(({ id }) => !seen.has(id)).toReversed();
}

/** What fires before what is pending, unacknowledged first, then the worst, then the newest. */
export function shownAlerts(alerts: readonly Alert[], q: string | undefined): Alert[] {
  return alerts
    .filter(({ of, rule, detail, severity }) => matchesText(q, [of.name, of.id, rule.name, detail, severity]))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || timeOf(b).localeCompare(timeOf(a)));
}

function rankOf({ state, acknowledged, severity }: Alert): number {
  const pending = state === 'pending' ? 100 : 0;
  return pending + (acknowledged === null ? 0 : 10) + alertSeverity.options.indexOf(severity);
}
const timeOf = ({ resolvedAt, firedAt, since }: Alert): string => resolvedAt ?? firedAt ?? since;

/** A rule as it is sent to be changed. */
export function requestOf(rule: AlertRule): AlertRuleRequest {
  const { name, condition, scope, forSeconds, severity, enabled } = rule;
  return { name, condition, scope, forSeconds, severity, enabled };
}
