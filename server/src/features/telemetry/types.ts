import type { Freshness } from '@cyclorama/shared/common.ts';
import type {
  ContainerQuery,
  GroupQuery,
  LatestResponse,
  Measure,
  TelemetryQuery,
  TelemetryResponse,
  TopContainersResponse,
  TopResponse,
} from '@cyclorama/shared/telemetry.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../lib/clock.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Database } from '../../store/schema.ts';
import type { OnDamaged } from '../../store/telemetry/blocks.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import type { createTelemetryByKey } from './by-key.ts';
import type { TelemetryCollector } from './collector.ts';
import type { Reading } from './freshness.ts';
import type { GroupMember } from './groups.ts';
import type { Ingest } from './ingest.ts';
import type { Asked } from './instance-series.ts';
import type { TopContainersQuery } from './top-containers.ts';
import type { TopQuery } from './top.ts';

export type TelemetryDirectory = {
  freshness(): Freshness;
  environmentId(): string | null;
  instance(id: string): Asked | null;
  instancesOf(containerId: string): Asked[];
  instancesOn(serverId: string): GroupMember[];
  allInstances(): GroupMember[];
  environmentName(): string | null;
  /** Null where there is no such container. */
  containerName(id: string): string | null;
  ownServerId(): string | null;
  /** Null where the container sets none. */
  containerIntervalMs(containerId: string): number | null;
  hostMemoryBytes(): number | null;
};

export type TelemetryDeps = {
  /** Null where no token is configured; stored samples are still served. */
  client: Pick<CycleClient, 'telemetry'> | null;
  directory: TelemetryDirectory;
  db: Kysely<Database>;
  hub: Pick<EventHub, 'publish' | 'subscribe'>;
  /** False where others store samples too. */
  singleProcess: boolean;
  health: Pick<UpstreamHealth, 'partFails'>;
  clock: Clock;
  logger: Logger;
  onDamaged: OnDamaged;
  /** What no collector covers is read with its API key; without it, not at all. */
  platform?: Parameters<typeof createTelemetryByKey>[0]['platform'];
  pollMs?: number;
  /** Of collector processes; without them only our own server is measured. */
  collectors?: {
    covers(serverId: string): boolean;
    /** When the newest sample was taken that came of the server; null where it is silent. */
    newestOf(serverId: string): number | null;
  };
};

export type TelemetryService = Pick<TelemetryCollector, 'start' | 'stop'> & {
  /** Throws AppError `not-found`, `invalid-request`. `withKey`: also by the API key, as somebody looks at it. */
  instance(id: string, query: TelemetryQuery, withKey?: boolean): Promise<TelemetryResponse>;
  /** One series per instance, or all as one. */
  container(id: string, query: ContainerQuery): Promise<TelemetryResponse>;
  server(id: string, query: GroupQuery): Promise<TelemetryResponse>;
  environment(query: GroupQuery): Promise<TelemetryResponse>;
  top(query: TopQuery): Promise<TopResponse>;
  topContainers(query: TopContainersQuery): Promise<TopContainersResponse>;
  latest(measure: Measure): LatestResponse;
  ingest: Ingest;
  /** How reading our own server goes; null where it is not read. */
  ownReading(): Reading | null;
};
