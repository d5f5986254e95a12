import type { CollectAnswer, CollectorsResponse, CollectReport } from '@cyclorama/shared/collectors.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { readCollectors, saveCollector } from '../../store/collectors.ts';
import type { CollectorRow } from '../../store/collectors.ts';
import type { Database } from '../../store/schema.ts';
import { reportedServer } from '../../upstream/cycle/reported.ts';
import type { CycleTelemetryRow } from '../../upstream/cycle/types.ts';
import { coverageOf, isReporting } from './coverage.ts';
import { rowsOf } from './frames.ts';

/** Other replicas take reports too. */
const REFRESH_MS = 5_000;

export type CollectorsDeps = {
  db: Kysely<Database>;
  clock: Clock;
  logger: Logger;
  version: string;
  /** Our own; empty outside Cycle. */
  instanceId: string;
  secret: string | null;
  directory: {
    ownServerId(): string | null;
    instancesByServer(): Map<string, number>;
  };
  /** Resolves once what is given is durable. */
  ingest(reported: {
    hostMemoryBytes: number | null;
    base: readonly CycleTelemetryRow[];
    frames: readonly CycleTelemetryRow[][];
  }): Promise<{ newestAt: number | null }>;
  /** How reading our own server's telemetry goes; null where it is not read. */
  ownReading(): { readAt: number | null; failingSince: number | null } | null;
  refreshMs?: number;
};

export type CollectorsService = {
  /** @throws AppError where it could not be stored: nothing is acknowledged then. */
  take(report: CollectReport): Promise<CollectAnswer>;
  /** True where a collector process hands over the server's samples. */
  covers(serverId: string): boolean;
  /** When the newest sample was taken that came of the server; null where it is silent. */
  newestOf(serverId: string): number | null;
  list(): CollectorsResponse;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createCollectorsService(deps: CollectorsDeps): CollectorsService {
  const { db, clock, logger, version, instanceId, secret, directory, refreshMs = REFRESH_MS } = deps;
  let rows: CollectorRow[] = [];
  let timer: NodeJS.Timeout | undefined;
  let refreshing: Promise<void> = Promise.resolve();

  const covers = (serverId: string): boolean => {
    const row = rows.find((each) => each.server_id === serverId && each.kind === 'collector');
    return row !== undefined && isReporting(row, clock.now());
  };

  const newestOf = (serverId: string): number | null => {
    const now = clock.now();
    const those = rows.filter((row) => row.server_id === serverId && isReporting(row, now));
    return those.reduce<number | null>(
      (newest, { sample_at: at }) => Math.max(newest ?? 0, at ?? 0) || null,
      null,
    );
  };

  const saveOwn = async (): Promise<void> => {
    const [reading, serverId] = [deps.ownReading(), directory.ownServerId()];
    if (reading === null || reading.readAt === null || serverId === null || covers(serverId)) return;
    await saveCollector(db, {
      server_id: serverId,
      kind: 'dashboard',
      hostname: null,
      instance_id: instanceId,
      version,
      since: clock.now(),
      reported_at: clock.now(),
      sample_at: reading.readAt,
      waiting: 0,
      dropped: 0,
      failing_since: reading.failingSince,
      reason: null,
    });
  };

  const refresh = async (): Promise<void> => {
    try {
      rows = await readCollectors(db);
      await saveOwn();
    } catch (error) {
      if (!(error instanceof AppError)) logger.error({ err: error }, 'the list of collectors failed');
    }
    schedule(refreshMs);
  };

  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      refreshing = refresh();
    }, delayMs).unref();
  };

  const remember = (row: CollectorRow): void => {
    const isSame = (each: CollectorRow) => each.server_id === row.server_id && each.kind === row.kind;
    const before = rows.find(isSame);
    const since = before?.since ?? row.since;
    const sample_at = Math.max(row.sample_at ?? 0, before?.sample_at ?? 0) || null;
    rows = [...rows.filter((each) => !isSame(each)), { ...row, since, sample_at }];
  };

  return {
    covers,
    newestOf,
    async take({ frames, base, spool, reading, ...report }) {
      const read = await Promise.all(frames.map(rowsOf));
      const readable = read.filter((each) => each !== null);
      const serverId = report.server.id;
      if (readable.length < read.length)
        logger.error({ serverId, unreadable: read.length - readable.length }, 'frames can’t be read');
      const server = reportedServer(report.server);
      const { newestAt } = await deps.ingest({
        hostMemoryBytes: server?.memoryBytes ?? null,
        base: (base === null ? null : await rowsOf(base)) ?? [],
        frames: readable,
      });
      const inHere = readable.reduce((sum, each) => sum + each.length, 0);
      const row: CollectorRow = {
        server_id: serverId,
        kind: 'collector',
        hostname: server?.nickname ?? server?.hostname ?? null,
        instance_id: report.instanceId,
        version: report.version,
        since: clock.now(),
        reported_at: clock.now(),
        sample_at: newestAt,
        waiting: Math.max(0, spool.samples - inHere),
        dropped: spool.dropped,
        failing_since: reading.failingSince,
        reason: reading.reason,
      };
      await saveCollector(db, row);
      remember(row);
      return { frames: frames.length };
    },
    list() {
      const now = clock.now();
      const counts = directory.instancesByServer();
      const servers = new Set([...counts.keys(), ...rows.map((row) => row.server_id)]);
      return {
        isConfigured: secret !== null,
        servers: [...servers].toSorted().map((serverId) =>
          coverageOf({
            serverId,
            instances: counts.get(serverId) ?? 0,
            rows: rows.filter((row) => row.server_id === serverId),
            now,
          }),
        ),
      };
    },
    async start() {
      rows = await readCollectors(db);
      schedule(0);
    },
    async stop() {
      clearTimeout(timer);
      await refreshing;
      clearTimeout(timer);
    },
  };
}
