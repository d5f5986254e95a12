import type { Coverage } from '@cyclorama/shared/collectors.ts';

import { isoOf } from '../../lib/clock.ts';
import type { CollectorRow } from '../../store/collectors.ts';

const LATE_MS = 30_000;
const SILENT_MS = 120_000;

/** Whether what a server's instances do comes in, or will once what is late arrives. */
export function isReporting({ reported_at }: CollectorRow, now: number): boolean {
  return now - reported_at <= SILENT_MS;
}

function stateOf(row: CollectorRow, now: number): Coverage['state'] {
  const age = now - row.reported_at;
  if (age > SILENT_MS) return 'silent';
  if (age > LATE_MS) return 'late';
  return row.failing_since === null ? 'reporting' : 'failing';
}

type Asked = { serverId: string; instances: number; rows: readonly CollectorRow[]; now: number };

/** A collector that reports stands before a dashboard process there, and either before one that is silent. */
export function coverageOf({ serverId, instances, rows, now }: Asked): Coverage {
  const byRank = ['collector', 'dashboard'].map((kind) => rows.find((row) => row.kind === kind));
  const row = byRank.find((each) => each !== undefined && isReporting(each, now)) ?? byRank.find(Boolean);
  const time = (at: number | null | undefined): string | null => (at == null ? null : isoOf(at));
  return {
    serverId,
    hostname: rows.find(({ hostname }) => hostname !== null)?.hostname ?? null,
    instances,
    by: row?.kind ?? 'nobody',
    state: row === undefined ? 'none' : stateOf(row, now),
    since: time(row?.since),
    lastReportAt: time(row?.reported_at),
    lastSampleAt: time(row?.sample_at),
    instanceId: row?.instance_id || null,
    version: row?.version ?? null,
    waiting: row?.waiting ?? 0,
    dropped: row?.dropped ?? 0,
    reason: row?.reason ?? null,
  };
}
