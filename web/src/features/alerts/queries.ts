import {
  alertDeliveriesResponse,
  alertDelivery,
  alertMessagesResponse,
} from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertDelivery } from '@cyclorama/shared/alert-deliveries.ts';
import { alertSettings } from '@cyclorama/shared/alert-settings.ts';
import type { AlertSettingsRequest } from '@cyclorama/shared/alert-settings.ts';
import type { AcknowledgeRequest, Alert, AlertRule, AlertRuleRequest } from '@cyclorama/shared/alerts.ts';
import {
  alert,
  alertRule,
  alertRulesResponse,
  alertsResponse,
  alertsSummary,
  alertTrial,
} from '@cyclorama/shared/alerts.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';

import { api, withQuery } from '../../api/http.ts';
import { keys } from '../../api/keys.ts';
import { useChange } from '../../api/use-change.ts';

export const alertsQuery = (state: 'open' | 'resolved') =>
  queryOptions({
    queryKey: [...keys.alerts, state],
    queryFn: ({ signal }) => api.get(withQuery(paths.alerts(), { state }), alertsResponse, { signal }),
  });

export const alertQuery = (id: Alert['id']) =>
  queryOptions({
    queryKey: [...keys.alerts, 'one', id],
    queryFn: ({ signal }) => api.get(paths.alert(id), alert, { signal }),
  });

export const alertsSummaryQuery = queryOptions({
  queryKey: [...keys.alerts, 'summary'],
  queryFn: ({ signal }) => api.get(paths.alertsSummary(), alertsSummary, { signal }),
});

export const alertRulesQuery = queryOptions({
  queryKey: [...keys.alerts, 'rules'],
  queryFn: ({ signal }) => api.get(paths.alertRules(), alertRulesResponse, { signal }),
});

export const alertSettingsQuery = queryOptions({
  queryKey: [...keys.alerts, 'settings'],
  queryFn: ({ signal }) => api.get(paths.alertSettings(), alertSettings, { signal }),
  // Quiet hours begin and end by the clock; nothing is published then.
  refetchInterval: 60_000,
});

export function useSaveAlertSettings() {
  const client = useQueryClient();
  return useChange({
    change: (body: AlertSettingsRequest) => api.put(paths.alertSettings(), body, alertSettings),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

/** The newest that were told. */
export const alertMessagesQuery = queryOptions({
  queryKey: [...keys.alerts, 'messages'],
  queryFn: ({ signal }) => api.get(paths.alertMessages(), alertMessagesResponse, { signal }),
});

/** For admins. */
export const alertDeliveriesQuery = queryOptions({
  queryKey: [...keys.alerts, 'deliveries'],
  queryFn: ({ signal }) => api.get(paths.alertDeliveries(), alertDeliveriesResponse, { signal }),
});

export function useRetryDelivery(id: AlertDelivery['id']) {
  const client = useQueryClient();
  return useChange({
    change: (_: void, key) => api.post(paths.alertDeliveryRetry(id), {}, alertDelivery, { key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

export function useAcknowledge(id: Alert['id']) {
  const client = useQueryClient();
  return useChange({
    change: (body: AcknowledgeRequest, key) => api.post(paths.alertAcknowledge(id), body, alert, { key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

/** `id` null: a new one. */
export function useSaveRule(id: AlertRule['id'] | null) {
  const client = useQueryClient();
  return useChange({
    change: (body: AlertRuleRequest, key) =>
      id === null
        ? api.post(paths.alertRules(), body, alertRule, { key })
        : api.put(paths.alertRule(id), body, alertRule),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

export function useDeleteRule(id: AlertRule['id']) {
  const client = useQueryClient();
  return useChange({
    change: () => api.delete(paths.alertRule(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

/** Saves nothing. */
export function useTryRule() {
  return useChange({
    change: (body: AlertRuleRequest, key) => api.post(paths.alertRulesTry(), body, alertTrial, { key }),
  });
}
