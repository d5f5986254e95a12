import { sentResponse } from '@cyclorama/shared/monitoring.ts';
import type {
  MetricsRequest,
  MonitoringEventsRequest,
  SnapshotsRequest,
} from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';

import { api } from '../../api/http.ts';
import { useChange } from '../../api/use-change.ts';

export const useSendMetrics = () =>
  useChange({
    change: (metrics: MetricsRequest, key) =>
      api.post(environmentPaths.sendMetrics(), metrics, sentResponse, { key }),
  });

export const useSendEvents = () =>
  useChange({
    change: (events: MonitoringEventsRequest, key) =>
      api.post(environmentPaths.sendEvents(), events, sentResponse, { key }),
  });

export const useSendSnapshots = () =>
  useChange({
    change: (snapshots: SnapshotsRequest, key) =>
      api.post(environmentPaths.sendSnapshots(), snapshots, sentResponse, { key }),
  });
