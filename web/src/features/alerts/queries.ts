import type { AcknowledgeRequest, Alert, AlertRule, AlertRuleRequest } from '@cyclorama/shared/alerts.ts';
import {
  alert,
  alertRule,
  alertRulesResponse,
  alertsResponse,
  alertsSummary,
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

export const alertsSummaryQuery = queryOptions({
  queryKey: [...keys.alerts, 'summary'],
  queryFn: ({ signal }) => api.get(paths.alertsSummary(), alertsSummary, { signal }),
});

export const alertRulesQuery = queryOptions({
  queryKey: [...keys.alerts, 'rules'],
  queryFn: ({ signal }) => api.get(paths.alertRules(), alertRulesResponse, { signal }),
});

export function useAcknowledge(id: Alert['id']) {
  const client = useQueryClient();
  return useChange({
    change: (body: AcknowledgeRequest, key) => api.post(paths.alertAcknowledge(id), body, alert, { key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}

export function useChangeRule(id: AlertRule['id']) {
  const client = useQueryClient();
  return useChange({
    change: (body: AlertRuleRequest) => api.put(paths.alertRule(id), body, alertRule),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.alerts }),
  });
}
