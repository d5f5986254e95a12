import { totalmem } from 'node:os';

import type { Freshness } from '@cyclorama/shared/common.ts';
import type {
  Aggregate,
  GroupQuery,
  TelemetryQuery,
  TelemetryResponse,
} from '@cyclorama/shared/telemetry.ts';

import { isoOf } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { createKeptBlocks } from '../../store/telemetry/kept-blocks.ts';
import { BY_KEY_FRESH_MS, createTelemetryByKey } from './by-key.ts';
import { createTelemetryCollector, POLL_MS } from './collector.ts';
import { createFill } from './fill.ts';
import { createFollowing } from './following.ts';
import { telemetryFreshness } from './freshness.ts';
import { createGroups } from './groups.ts';
import type { Group } from './groups.ts';
import { createIngest } from './ingest.ts';
import { createInstanceSeries } from './instance-series.ts';
import type { Asked } from './instance-series.ts';
import { createRankings } from './rankings.ts';
import type { Rankings } from './rankings.ts';
import { gridFor, timesOf } from './resample.ts';
import type { Grid } from './resample.ts';
import { createRings, HOT_MS } from './rings.ts';
import { createSettled, freshSince, settledCount } from './settled.ts';
import { createTopContainers } from './top-containers.ts';
import { createLatest, createTop } from './top.ts';
import type { TelemetryDeps, TelemetryService } from './types.ts';
import { createWarming } from './warming.ts';

const MINUTE_MS = 60_000;
/** Reading more than these from the store at the start would hold up everything else. */
const MOST_AWAITED = 1_000;
/** A day of all measures of thirty instances. */
const KEPT_BLOCKS_BYTES = 16 * 1024 * 1024;
const ONE_BY_KEY = 'On its own page an instance is read with the API key.';

export function createTelemetryService(deps: TelemetryDeps): TelemetryService {
  const { client, directory, db, clock, logger, onDamaged, pollMs = POLL_MS } = deps;
  /** The upstream may sample less often than it is polled. */
  const containerInterval = (id: string): number => Math.max(pollMs, directory.containerIntervalMs(id) ?? 0);
  const instanceInterval = (id: string): number =>
    containerInterval(directory.instance(id)?.containerId ?? '');
  const isCovered = (serverId: string): boolean => deps.collectors?.covers(serverId) ?? false;
  const isUnmeasured = (serverId: string): boolean =>
    serverId !== directory.ownServerId() && !isCovered(serverId);
  const rings = createRings({ db, clock, pollMs, intervalMs: instanceInterval, onDamaged });
  const collector =
    client === null
      ? null
      : createTelemetryCollector({
          ...deps,
          client,
          rings,
          environmentId: () => directory.environmentId(),
          intervalMs: containerInterval,
          hostMemoryBytes: () => Math.max(directory.hostMemoryBytes() ?? 0, totalmem()),
          isHandedOver: () => isCovered(directory.ownServerId() ?? ''),
        });
  const isReadHere = (serverId: string): boolean =>
    collector !== null && serverId === directory.ownServerId() && !isCovered(serverId);
  const following = deps.singleProcess
    ? null
    : createFollowing({
        ...deps,
        rings,
        pollMs,
        intervalMs: instanceInterval,
        ids: () => directory.allInstances().flatMap(({ id, serverId }) => (isReadHere(serverId) ? [] : id)),
      });
  const ingest = createIngest({
    ...deps,
    rings: deps.singleProcess ? rings : null,
    environmentId: () => directory.environmentId(),
    intervalMs: containerInterval,
  });

  const newestOf = (serverId: string): number | null => deps.collectors?.newestOf(serverId) ?? null;
  const settled = createSettled({ rings, clock, pollMs, intervalMs: instanceInterval, newestOf });
  let startedAt = Number.NEGATIVE_INFINITY;
  const awaited = (): string[] => {
    if (startedAt <= freshSince(clock.now(), pollMs)) return [];
    const those = directory
      .allInstances()
      .filter(({ id, serverId }) => newestOf(serverId) !== null && rings.get(id) === null);
    return those.length > MOST_AWAITED ? [] : those.map(({ id }) => id);
  };

  const freshness = (): Freshness => telemetryFreshness(directory.freshness(), collector?.reading ?? null);

  const kept = createKeptBlocks(KEPT_BLOCKS_BYTES);
  const fill = createFill({ rings, db, clock, pollMs, intervalMs: instanceInterval, onDamaged, kept });
  const warming = createWarming({ rings, logger });

  const gridOf = ({ from, to, points }: TelemetryQuery): Grid => {
    if (to <= from)
      throw new AppError('invalid-request', 'query.to: expected a time after query.from.', {
        field: 'query.to',
      });
    return gridFor(from, to, points, pollMs);
  };
  const frameOf = (grid: Grid, to: number, settledTo: number) => ({
    freshness: freshness(),
    from: grid.start,
    to,
    stepMs: grid.stepMs,
    intervalMs: pollMs,
    times: timesOf(grid),
    settledTo: Math.min(to, settledTo),
  });

  const readByKey =
    deps.platform === undefined
      ? null
      : createTelemetryByKey({ platform: deps.platform, clock, intervalMs: containerInterval });
  const seriesOf = createInstanceSeries({ fill, isUnmeasured, readByKey });
  const answer = async (
    asked: readonly Asked[],
    query: TelemetryQuery,
    {
      withKey = true,
      as = null,
    }: { withKey?: boolean; as?: { id: string; name: string; by: Aggregate } | null } = {},
  ): Promise<TelemetryResponse> => {
    const grid = gridOf(query);
    await following?.settled();
    const { to, extremes } = query;
    const settledTo = (newestByKey: readonly number[]): number =>
      Math.min(settled(asked), ...newestByKey.filter((at) => at > clock.now() - BY_KEY_FRESH_MS));
    const { newestByKey, ...found } = await seriesOf(asked, grid, {
      to,
      extremes: extremes === 'true',
      withKey,
      together: as && { ...as, settled: (newest) => settledCount(grid, settledTo(newest)) },
    });
    const latestAt = Math.max(0, ...newestByKey, ...asked.map(({ id }) => rings.get(id)?.newest ?? 0));
    return {
      ...frameOf(grid, to, settledTo(newestByKey)),
      ...found,
      latestAt: latestAt === 0 ? null : isoOf(latestAt),
    };
  };

  const groups = createGroups({ fill, isUnmeasured, settled, version: () => rings.version });
  const groupAnswer = async (group: Group, query: GroupQuery): Promise<TelemetryResponse> => {
    const { from, to, points } = query;
    // Beyond what is in memory, samples of every instance would be too many to read: its minutes are.
    const isHot = from >= clock.now() - HOT_MS;
    const most = isHot ? points : Math.min(points, Math.max(2, Math.floor((to - from) / MINUTE_MS)));
    const grid = gridOf({ ...query, points: most });
    await following?.settled();
    const { settledTo, ...made } = await groups(group, grid, query);
    const latestAt = Math.max(0, ...group.members.map(({ id }) => rings.get(id)?.newest ?? 0));
    return {
      ...frameOf(grid, to, settledTo),
      ...made,
      notMeasuredReason: made.notMeasured.length > 0 && deps.platform?.configured ? ONE_BY_KEY : null,
      byKey: [],
      latestAt: latestAt === 0 ? null : isoOf(latestAt),
    };
  };

  const rank = createRankings({
    rings,
    fill,
    clock,
    pollMs,
    awaited,
    settledTo: (ids) => settled([...ids].flatMap((id) => directory.instance(id) ?? [])),
  });
  const ranking: Rankings = async (measure, window) => {
    await following?.settled();
    return await rank(measure, window);
  };
  const top = createTop({ ranking, directory, freshness });
  const topContainers = createTopContainers({ ranking, directory, freshness });
  const latest = createLatest({ rings, directory, freshness, clock, pollMs });

  return {
    async instance(id, query, withKey) {
      const known = directory.instance(id);
      const answered = await answer(
        [known ?? { id, name: id, containerId: '', serverId: '', startedAt: null }],
        query,
        { withKey },
      );
      if (known === null && answered.series.length === 0)
        throw new AppError('not-found', 'There is no such instance, and no measurements of it.');
      return answered;
    },
    async container(id, { by, ...query }) {
      const name = directory.containerName(id);
      if (name === null) throw new AppError('not-found', 'There is no such container.');
      return await answer(directory.instancesOf(id), query, {
        as: by === undefined ? null : { id, name, by },
      });
    },
    async server(id, query) {
      const members = directory.instancesOn(id);
      if (members.length === 0 && id !== directory.ownServerId())
        throw new AppError('not-found', 'No instance of this environment runs on such a server.');
      return await groupAnswer({ id, name: id, members }, query);
    },
    environment: (query) => {
      const id = directory.environmentId() ?? 'environment';
      const name = directory.environmentName() ?? 'Environment';
      return groupAnswer({ id, name, members: directory.allInstances() }, query);
    },
    top,
    topContainers,
    latest,
    ingest,
    ownReading: () => collector?.reading ?? null,
    async start() {
      startedAt = clock.now();
      await collector?.start();
      await following?.start();
      warming.start();
      if (collector === null) logger.info('telemetry is not collected: the internal API is not configured');
    },
    async stop() {
      await warming.stop();
      await following?.stop();
      await collector?.stop();
    },
  };
}
