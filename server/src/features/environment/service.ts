import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import type {
  Capacity,
  ContainerDetail,
  ContainerLives,
  InstanceDetail,
  Overview,
  Task,
  TaskAction,
} from '@cyclorama/shared/environment.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity, RecordDetection } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { EventHub } from '../../lib/event-hub.ts';
import type { RequestKey } from '../../lib/idempotency.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';
import type { CycleClient } from '../../upstream/cycle/client.ts';
import type { CycleInstance } from '../../upstream/cycle/types.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import { createActivityRecorder } from './activity-recorder.ts';
import { isOwnInstance, presentContainerDetail, presentInstanceDetail } from './details/presenter.ts';
import { createFunctionDirectory } from './function-directory.ts';
import { createContainerLives } from './life/containers.ts';
import { createLifeRecorder } from './life/recorder.ts';
import { createLifeService } from './life/service.ts';
import { createNotificationFeed } from './notification-feed.ts';
import { createCapacity } from './overview/capacity.ts';
import { createCauses } from './overview/causes.ts';
import { instancesInNeed } from './overview/need.ts';
import { presentOverview } from './overview/service.ts';
import type { OverviewNumbers } from './overview/service.ts';
import { createAbsentCollector } from './sync/absent-collector.ts';
import { createCollector } from './sync/collector.ts';
import type { Collector } from './sync/collector.ts';
import { createTaskBatches } from './tasks/batches.ts';
import { createTasksService } from './tasks/service.ts';
import { createTelemetryDirectory } from './telemetry-directory.ts';
import { createTopology } from './topology/service.ts';
import type { Topology } from './topology/service.ts';

const RECENT_ACTIVITY = 10;

export type EnvironmentService = {
  readonly topology: Topology;
  readonly collector: Collector;
  readonly functionDirectory: ReturnType<typeof createFunctionDirectory>;
  readonly telemetryDirectory: ReturnType<typeof createTelemetryDirectory>;
  readonly notifications: ReturnType<typeof createNotificationFeed>;
  /** When the instance this process runs in started; null where it is not known. */
  ownStartedAt(): string | null;
  /** Null until it was read. */
  environmentId(): string | null;
  /** Of a container, an instance or the environment; null where it is not known. */
  nameOf(id: string): string | null;
  overview(): Promise<Overview>;
  /** Of the last 24 hours. */
  capacity(): Promise<Capacity>;
  /** Newest first. */
  events: ReturnType<typeof createLifeService>['page'];
  /** What was recorded of each. */
  containerLives(): Promise<ContainerLives>;
  /** Throws AppError `not-found`, or UpstreamError while nothing was read yet. */
  container(id: string): ContainerDetail;
  instance(id: string): Promise<InstanceDetail>;
  requestTask(
    instanceId: string,
    action: TaskAction,
    actor: string,
    requestKey?: RequestKey | null,
  ): Promise<Task>;
  task(id: string): Promise<Task>;
  rereadTasks(ids: string[]): Promise<Task[]>;
  readonly taskBatches: ReturnType<typeof createTaskBatches>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type EnvironmentDeps = {
  client: CycleClient | null;
  socketPath: string;
  token: string;
  health: UpstreamHealth;
  hub: EventHub;
  db: Kysely<Database>;
  record: RecordActivity;
  recordDetection: RecordDetection;
  changeOnRecord: ChangeOnRecord;
  /** The newest entries, for the overview. */
  activity: { page(filter: { limit: number }): Promise<{ entries: ActivityEntry[] }> };
  /** Cycle does not say which. */
  onVpnAccountsChanged: () => Promise<void>;
  /** The other features' figures as `person` sees them. */
  numbers: () => OverviewNumbers;
  upstreams: () => readonly UpstreamStatus[];
  clock: Clock;
  logger: Logger;
  newId: () => string;
  /** True where no other process can share the store (SQLite). */
  singleProcess: boolean;
  leader?: { isLeader(): boolean };
  /** CYCLE_INSTANCE_ID, set by Cycle in every instance; null outside Cycle. */
  ownInstanceId: string | null;
  random?: () => number;
  /** Interval of full reads; default one minute. */
  pollMs?: number;
  /** Interval of the checks that the upstream still answers; default two seconds. */
  checkMs?: number;
  unknownAfterMs?: number;
  /** Interval of the looks whether a minute's capacity is due; default five seconds. */
  lookMs?: number;
};

export function createEnvironmentService(deps: EnvironmentDeps): EnvironmentService {
  const { hub, clock, recordDetection, activity } = deps;
  const collector =
    deps.client === null
      ? createAbsentCollector(deps.health)
      : createCollector({ ...deps, client: deps.client, watched: () => hub.watchers > 0 });
  const { snapshot } = collector;
  const topology = createTopology({ collector, hub });
  const recorder = createLifeRecorder({ ...deps, collector });
  const life = createLifeService(deps);
  const isOwn = (instance: CycleInstance): boolean =>
    isOwnInstance(snapshot, instance, deps.ownInstanceId) === true;
  const tasks = createTasksService({ ...deps, collector, life: recorder, isOwn });
  const taskBatches = createTaskBatches({
    ...deps,
    snapshot,
    tasks,
    processId: hub.epoch,
    inNeed: (ids, action) => instancesInNeed(snapshot, ids, { action, now: clock.now(), isOwn }),
  });
  const withCauses = createCauses({ ...deps, environmentId: () => snapshot.environment?.id ?? null });
  const capacity = createCapacity({ ...deps, collector });
  const activityRecorder = createActivityRecorder({ collector, recordDetection, clock });

  const found = <T>(detail: T | null, what: string): T => {
    if (detail !== null) return detail;
    const { state, reason } = collector.freshness();
    if (state === 'unconfigured')
      throw new UpstreamError('cycle', 'unconfigured', reason ?? 'Not configured.');
    if (!collector.complete)
      throw new UpstreamError('cycle', 'unreachable', reason ?? 'The environment has not been read yet.');
    throw new AppError('not-found', `There is no such ${what} in this environment.`, {
      hint: 'It may have been deleted. Go back to the list.',
    });
  };

  return {
    topology,
    collector,
    functionDirectory: createFunctionDirectory(collector),
    telemetryDirectory: createTelemetryDirectory(collector),
    notifications: createNotificationFeed(collector),
    nameOf: (id) =>
      snapshot.containers.get(id)?.name ??
      snapshot.instances.get(id)?.hostname ??
      (snapshot.environment?.id === id ? snapshot.environment.name : null),
    environmentId: () => snapshot.environment?.id ?? null,
    ownStartedAt: () => [...snapshot.instances.values()].find(isOwn)?.startedAt ?? null,
    async overview() {
      const { entries } = await activity.page({ limit: RECENT_ACTIVITY });
      const upstreams = deps.upstreams();
      const freshness = collector.freshness();
      return await presentOverview({
        snapshot,
        freshness,
        upstreams,
        numbers: deps.numbers(),
        activity: entries,
        now: clock.now(),
        isOwn,
        withCauses,
      });
    },
    capacity: () => capacity.capacity(),
    containerLives: createContainerLives({ ...deps, ids: () => [...snapshot.containers.keys()] }),
    container: (id) => found(presentContainerDetail(snapshot, id, collector.freshness()), 'container'),
    events: (query) => life.page(query),
    async instance(id) {
      const [task, restarts] = await Promise.all([tasks.latest(id), life.restartsInDay(id)]);
      return found(
        presentInstanceDetail(snapshot, id, collector.freshness(), { task, restarts }, deps.ownInstanceId),
        'instance',
      );
    },
    async requestTask(instanceId, action, actor, requestKey) {
      found(snapshot.instances.get(instanceId) ?? null, 'instance');
      return await tasks.request(instanceId, action, actor, { requestKey });
    },
    task: (id) => tasks.task(id),
    rereadTasks: (ids) => tasks.reread(ids),
    taskBatches,
    async start() {
      topology.start();
      activityRecorder.start();
      capacity.start();
      await recorder.start();
      await tasks.start();
      await taskBatches.start();
      collector.start();
    },
    async stop() {
      await collector.stop();
      await taskBatches.close();
      await tasks.stop();
      await activityRecorder.stop();
      await capacity.stop();
      await recorder.stop();
      topology.stop();
    },
  };
}
