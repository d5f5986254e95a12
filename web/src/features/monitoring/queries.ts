import { sentResponse } from '@cyclorama/shared/monitoring.ts';
import type {
  MetricsRequest,
  MonitoringEventsRequest,
  SnapshotsRequest,
} from '@cyclorama/shared/monitoring.ts';
import { paths } from '@cyclorama/shared/paths.ts';

import { api } from '../../api/http.ts';
import { useChange } from '../../api/use-change.ts';

export const useSendMetrics = () =>
  useChange({
    change: (metrics: MetricsRequest, key) => api.post(paths.sendMetrics(), metrics, sentResponse, { key }),
  });

export const useSendEvents = () =>
  useChange({
    change: (events: MonitoringEventsRequest, key) =>
      api.post(paths.sendEvents(), events, sentResponse, { key }),
  });

export const useSendSnapshots = () =>
  useChange({
    change: (snapshots: SnapshotsRequest, key) =>
      api.post(paths.sendSnapshots(), snapshots, sentResponse, { key }),
  });
