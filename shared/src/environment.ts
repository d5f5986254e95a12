import { z } from 'zod';

import { activityEntry } from './activity.ts';
import { failure, freshness, isoTime } from './common.ts';
import { objectEvent } from './object-events.ts';
import {
  containerNode,
  domainNode,
  instanceNode,
  ipNode,
  networkNode,
  serverNode,
  wellBeing,
} from './topology.ts';

/** `byState` adds up to `total`. */
const counts = z.object({ total: z.number(), byState: z.partialRecord(wellBeing, z.number()) });

export const attention = z.object({
  severity: z.enum(['danger', 'warning']),
  kind: z.enum([
    'container',
    'instance',
    'service',
    'virtual-machine',
    'domain',
    'upstream',
    'claim',
    'booking',
  ]),
  id: z.string(),
  name: z.string(),
  /** A short clause: "3 of 4 unhealthy". */
  what: z.string(),
  since: isoTime.nullable(),
  /** How much of it is down, from 0 to 1. */
  share: z.number(),
  /** The instances of a container that it is about, worst first; the first few are sent. */
  parts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Its well-being, or Cycle's own word while it changes. */
      state: z.string(),
      since: isoTime.nullable(),
      error: z.string().nullable(),
    }),
  ),
  partsTotal: z.number(),
  /** What was done or changed in the half hour before any part went wrong, newest first; at most two. */
  before: z.array(objectEvent),
  /** What `count` of its instances allow; null where none can be acted on. */
  remedy: z.object({ action: z.enum(['restart', 'start']), count: z.number() }).nullable(),
});
export type Attention = z.infer<typeof attention>;

/** Counted on the server, so that the first page stays small. */
export const overview = z.object({
  freshness,
  environment: z
    .object({ id: z.string(), name: z.string(), cluster: z.string(), hubName: z.string() })
    .nullable(),
  /** Those of services among them. */
  instances: counts,
  containers: counts,
  services: z.array(
    z.object({
      service: z.string(),
      containerId: z.string(),
      state: wellBeing,
      running: z.number(),
      total: z.number(),
    }),
  ),
  virtualMachines: counts,
  servers: z.number(),
  locations: z.number(),
  attention: z.array(attention),
  attentionTotal: z.number(),
  /** Of all: those that need a person now. */
  urgentTotal: z.number(),
  /** Open claims, each once: `waiting` for an instance, `starting` until it runs. */
  claims: z.object({
    running: z.number(),
    waiting: z.number(),
    starting: z.number(),
    releasing: z.number(),
  }),
  /** Each robot once, so the parts add up to `deployments`. */
  robots: z.object({
    deployments: z.number(),
    /** Held by the team's account. */
    ours: z.number(),
    free: z.number(),
    heldByOthers: z.number(),
    /** Offline or locked out. */
    unavailable: z.number(),
    /** Not read yet. */
    unknown: z.number(),
  }),
  activity: z.array(activityEntry),
});
export type Overview = z.infer<typeof overview>;

/** Instances by well-being over a day; times in milliseconds since the epoch. */
export const capacity = z.object({
  /** Of the first count that is kept; null: none was made yet. */
  recordedSince: isoTime.nullable(),
  /** Begin of the first bucket. */
  from: z.number(),
  stepMs: z.number(),
  /** Of each bucket the count with the fewest running; null: nothing was counted. */
  buckets: z.array(z.partialRecord(wellBeing, z.number()).nullable()),
  /** What happened in bins of `markStepMs` from `at` on; bins without any are left out. */
  markStepMs: z.number(),
  marks: z.array(
    z.object({ at: z.number(), deployments: z.number(), failures: z.number(), recoveries: z.number() }),
  ),
});
export type Capacity = z.infer<typeof capacity>;

/** What was recorded of each container, by its id; those without any are left out. */
export const containerLives = z.object({
  containers: z.record(
    z.string(),
    z.object({
      /** Of its instances, in the last 24 hours. */
      restartsInDay: z.number(),
      /** When the newest deployment began; null: none was recorded. */
      deployedAt: isoTime.nullable(),
    }),
  ),
});
export type ContainerLives = z.infer<typeof containerLives>;

export const containerDetail = z.object({
  freshness,
  container: containerNode,
  instances: z.array(instanceNode),
  image: z.object({ id: z.string().nullable(), service: z.string().nullable() }),
  stack: z.string().nullable(),
  network: z.object({ public: z.string(), hostname: z.string(), ports: z.array(z.string()) }),
  resources: z.object({
    cpuSharesLimit: z.number().nullable(),
    cpuSharesReserve: z.number().nullable(),
    ramLimitBytes: z.number().nullable(),
    ramReserveBytes: z.number().nullable(),
  }),
  /** Names only: values may be secrets. */
  environmentVariableNames: z.array(z.string()),
  volumes: z.array(
    z.object({ id: z.string(), identifier: z.string().nullable(), maxSize: z.string().nullable() }),
  ),
  functionLimits: z
    .object({
      maxPoolSize: z.number().nullable(),
      maxShardConcurrency: z.number().nullable(),
      maxRuntimeSeconds: z.number().nullable(),
      maxQueueTimeSeconds: z.number().nullable(),
    })
    .nullable(),
  telemetry: z.object({ intervalSeconds: z.number().nullable(), disabled: z.boolean() }),
  domains: z.array(domainNode),
  locked: z.boolean(),
  deprecated: z.boolean(),
  createdAt: isoTime.nullable(),
  startedAt: isoTime.nullable(),
});
export type ContainerDetail = z.infer<typeof containerDetail>;

export const instanceDetail = z.object({
  freshness,
  instance: instanceNode,
  /** The instance this dashboard runs in; absent where unknown. */
  isOwn: z.boolean().optional(),
  container: containerNode.nullable(),
  server: serverNode.nullable(),
  ips: z.array(ipNode),
  networks: z.array(networkNode.pick({ id: true, name: true, identifier: true, cidr: true })),
  macAddress: z.string().nullable(),
  purgeAt: isoTime.nullable(),
  createdAt: isoTime.nullable(),
  /** Recorded here in the last 24 hours. */
  restartsInDay: z.number(),
  /** The newest one sent for this instance. */
  task: z.lazy(() => task).nullable(),
});
export type InstanceDetail = z.infer<typeof instanceDetail>;

/** `restart` is a stop and then a start, followed as one. */
export const taskAction = z.enum(['start', 'stop', 'restart']);
export type TaskAction = z.infer<typeof taskAction>;

/** The conductor answers `{}`, so the outcome is read from the instance's state. */
export const taskRequest = z.strictObject({ action: taskAction });
/**
 * `requested` (being sent) → `sent` (accepted by Cycle) → `in-progress` → `done` or `failed`. `refused`: certainly not
 * done, as it never left or Cycle refused. `unanswered`: sent without an answer, so the instance is watched. `unknown`:
 * no outcome seen in time.
 */
export const taskState = z.enum([
  'requested',
  'sent',
  'unanswered',
  'in-progress',
  'done',
  'failed',
  'refused',
  'unknown',
]);
export type TaskState = z.infer<typeof taskState>;
export const task = z.object({
  id: z.string(),
  instanceId: z.string(),
  containerId: z.string(),
  action: taskAction,
  requestedBy: z.string(),
  requestedAt: isoTime,
  state: taskState,
  finishedAt: isoTime.nullable(),
  failure: failure.nullable(),
});
export type Task = z.infer<typeof task>;

/** One of the instances of a batch. `skipped`: not tried, as the batch was stopped. */
export const taskBatchItemState = z.enum([
  'waiting',
  'running',
  'done',
  'failed',
  'refused',
  'unknown',
  'skipped',
]);
export type TaskBatchItemState = z.infer<typeof taskBatchItemState>;
export const taskBatchRequest = z.strictObject({
  action: taskAction,
  /** Ids, separated by commas: ten thousand fit into one request. */
  instances: z.string().min(1).max(260_000).optional(),
  /** Ids as above, of containers: all of their instances, or with `onlyInNeed` those that need attention. */
  containers: z.string().min(1).max(260_000).optional(),
  onlyInNeed: z.boolean().default(false),
  /** How many at once. */
  concurrency: z.number().int().min(1).max(50).default(5),
  /** No more are tried after this many did not end as wished; null: all are. */
  stopAfterFailures: z.number().int().min(1).max(10_000).nullable().default(null),
});
export type TaskBatchRequest = z.input<typeof taskBatchRequest>;
export const taskBatch = z.object({
  id: z.string(),
  action: taskAction,
  requestedBy: z.string(),
  requestedAt: isoTime,
  /** `stopping`: those at work end, no other begins. */
  state: z.enum(['running', 'stopping', 'ended']),
  concurrency: z.number(),
  stopAfterFailures: z.number().nullable(),
  finishedAt: isoTime.nullable(),
  total: z.number(),
  /** Adds up to `total`. */
  counts: z.record(taskBatchItemState, z.number()),
});
export type TaskBatch = z.infer<typeof taskBatch>;
export const taskBatchDetail = taskBatch.extend({
  /** What did not end as wished first; at most 500. */
  items: z.array(
    z.object({
      instanceId: z.string(),
      name: z.string(),
      state: taskBatchItemState,
      detail: z.string().nullable(),
    }),
  ),
});
export const taskBatches = z.object({ batches: z.array(taskBatch) });
