import type { AlertDelivery } from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertSettings } from '@cyclorama/shared/alert-settings.ts';
import type { Alert, AlertRule } from '@cyclorama/shared/alerts.ts';

export const alert = (over: Partial<Alert> = {}): Alert => ({
  id: 'a1',
  rule: { id: 'r1', name: 'Instance failed' },
  severity: 'critical',
  state: 'firing',
  of: { kind: 'instance', id: 'i1', name: 'api-1' },
  detail: 'exit code 21',
  since: '2026-03-26T09:15:00Z',
  firedAt: '2026-03-26T09:16:00Z',
  resolvedAt: null,
  toldAt: '2026-03-26T09:16:00Z',
  resolvedBecause: null,
  acknowledged: null,
  ...over,
});

export const alertRule = (over: Partial<AlertRule> = {}): AlertRule => ({
  id: 'r1',
  name: 'Instance failed',
  condition: { kind: 'instance-state', is: 'failed' },
  scope: { objects: [], names: [], deployments: [] },
  forSeconds: 60,
  severity: 'critical',
  enabled: true,
  isBuiltIn: true,
  changedBy: null,
  changedAt: '2026-03-26T09:15:00Z',
  firing: 0,
  blind: null,
  ...over,
});

export const alertDelivery = (over: Partial<AlertDelivery> = {}): AlertDelivery => ({
  id: 'd1',
  messageId: 'm1',
  channel: 'webhook',
  kind: 'firing',
  rule: { id: 'r1', name: 'Instance failed' },
  summary: 'Instance failed: api-1',
  createdAt: '2026-03-26T09:15:00Z',
  state: 'waiting',
  tries: 2,
  triedAt: '2026-03-26T09:15:05Z',
  status: 503,
  fault: 'It answered 503.',
  nextAt: '2026-03-26T09:17:05Z',
  ...over,
});

export const alertSettingsOf = (quietHours: AlertSettings['quietHours']): AlertSettings => ({
  quietHours,
  toMonitoring: false,
  isQuiet: false,
  changedBy: quietHours === null ? null : 'ada',
  changedAt: quietHours === null ? null : '2026-03-26T09:15:00Z',
});
