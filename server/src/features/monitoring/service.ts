import type {
  MetricsRequest,
  MonitoringEventsRequest,
  SentResponse,
  SnapshotsRequest,
} from '@cyclorama/shared/monitoring.ts';

import type { CarryOut } from '../../lib/activity-note.ts';
import type { CallOnce, RequestKey } from '../../lib/idempotency.ts';
import type { Person } from '../../lib/person.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import { configured } from '../../upstream/cycle/configured.ts';

export type MonitoringService = ReturnType<typeof createMonitoringService>;

type Deps = { client: CycleClient | null; carryOut: CarryOut; callOnce: CallOnce };
type By = { person: Person; requestKey: RequestKey | null };

const MOST_NAMED = 5;

/** What people and programs tell Cycle's monitoring. Names are on record, values and texts are not. */
export function createMonitoringService({ client, carryOut, callOnce }: Deps) {
  const send = async (
    { person, requestKey }: By,
    { action, names, call }: { action: string; names: readonly string[]; call: () => Promise<void> },
  ): Promise<SentResponse> => {
    const shown = names.slice(0, MOST_NAMED).join(', ');
    const name = names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
    const subject = { kind: 'monitoring', id: names[0] ?? '', name };
    const response = { sent: names.length };
    const once = (): Promise<SentResponse> =>
      callOnce(
        requestKey,
        async () => {
          await call();
          return response;
        },
        JSON.stringify,
      );
    return carryOut({ actor: person.name, action, subject }, once);
  };

  return {
    metrics: (metrics: MetricsRequest, by: By): Promise<SentResponse> =>
      send(by, {
        action: 'monitoring.send-metrics',
        names: metrics.map(({ metric }) => metric),
        call: () => configured(client).sendMetrics(metrics),
      }),

    events: (events: MonitoringEventsRequest, by: By): Promise<SentResponse> =>
      send(by, {
        action: 'monitoring.send-events',
        names: events.map(({ event }) => event),
        call: () => configured(client).sendEvents(events),
      }),

    snapshots: (snapshots: SnapshotsRequest, by: By): Promise<SentResponse> =>
      send(by, {
        action: 'monitoring.send-snapshots',
        names: Object.keys(snapshots),
        call: () => configured(client).sendSnapshots(snapshots),
      }),
  };
}
