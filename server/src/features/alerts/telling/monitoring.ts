import { alertMessage } from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertMessage } from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertSeverity } from '@cyclorama/shared/alerts.ts';
import type { MonitoringEvent } from '@cyclorama/shared/monitoring.ts';

import { AppError, UpstreamError } from '../../../lib/errors.ts';
import type { CycleClient } from '../../../upstream/cycle/client.ts';
import type { Send } from './delivery.ts';

const TYPES: Record<AlertSeverity, MonitoringEvent['type']> = {
  critical: 'error',
  warning: 'warning',
  info: 'info',
};
const PRIORITIES: Record<AlertSeverity, MonitoringEvent['priority']> = {
  critical: 'critical',
  warning: 'high',
  info: 'low',
};

/** As one event. Cycle knows no ids of what is sent to it: one that comes twice has the same `extra.id`. */
export function createMonitoringChannel(client: Pick<CycleClient, 'sendEvents'>): Send {
  return async ({ message_id: id, body }) => {
    try {
      await client.sendEvents([eventOf(id, alertMessage.parse(JSON.parse(body)))]);
      return { status: 200, fault: null };
    } catch (error) {
      if (error instanceof UpstreamError)
        return { status: error.detail.status ?? null, fault: error.message };
      return { status: null, fault: error instanceof AppError ? error.message : 'It could not be sent.' };
    }
  };
}

export function eventOf(id: string, { type, timestamp, data }: AlertMessage): MonitoringEvent {
  const { summary, rule, severity, total, alerts } = data;
  const isFiring = type === 'alert.firing';
  return {
    event: `cyclorama.${type}`,
    type: isFiring ? TYPES[severity] : 'success',
    priority: isFiring ? PRIORITIES[severity] : 'normal',
    text: summary,
    extra: { id, timestamp, rule, severity, total, alerts },
  };
}
