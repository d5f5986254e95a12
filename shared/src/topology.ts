import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

/** `unknown`: a check exists but has not answered; `none`: no check. */
export const health = z.enum(['healthy', 'unhealthy', 'unknown', 'none']);
export type Health = z.infer<typeof health>;

/** Worst first. Each instance has exactly one, so that their counts add up to all (`rules/well-being.ts`). */
export const wellBeing = z.enum(['failed', 'unhealthy', 'not-ready', 'changing', 'stopped', 'running']);
export type WellBeing = z.infer<typeof wellBeing>;

/** Open strings: upstream may add states; pages show unknown ones as they are. */
const state = z.object({
  current: z.string(),
  changed: isoTime.nullable(),
  error: z.string().nullable(),
});
export type State = z.infer<typeof state>;

const base = { id: z.string(), name: z.string() };

export const hubNode = z.object({ kind: z.literal('hub'), ...base, state });
export const environmentNode = z.object({
  kind: z.literal('environment'),
  ...base,
  identifier: z.string(),
  cluster: z.string(),
  hubId: z.string(),
  state,
});
/** Services are containers too, with `service` set. */
export const containerNode = z.object({
  kind: z.literal('container'),
  ...base,
  identifier: z.string(),
  environmentId: z.string(),
  state,
  /** `loadbalancer`, `discovery`, `vpn`, `scheduler`, `gateway`; null for the team's own containers. */
  service: z.string().nullable(),
  /** Its instances are a pool for the scheduler. */
  isFunction: z.boolean(),
  /** A service that the environment has switched off; its container may run all the same. */
  isDisabled: z.boolean(),
  desiredInstances: z.number().nullable(),
  strategy: z.string().nullable(),
  publicNetwork: z.string().nullable(),
  deployment: z.string().nullable(),
});
export const instanceNode = z.object({
  kind: z.literal('instance'),
  ...base,
  containerId: z.string(),
  serverId: z.string(),
  locationId: z.string(),
  hostname: z.string(),
  state,
  health,
  /** When health last changed; null: not known. `state.changed` is that of the state alone. */
  healthSince: isoTime.nullable(),
  /** True: nobody saw it begin, so it may be older. */
  healthAtLeast: z.boolean().optional(),
  /** `state.readiness`; null: not checked. */
  ready: z.boolean().nullable(),
  /** When readiness last changed; null: not known. */
  readySince: isoTime.nullable(),
  readyAtLeast: z.boolean().optional(),
  /** Permission to run (`active`, `purge`, `hibernate`, `configuring`), not readiness. */
  readyState: z.string(),
  privateIp: z.string().nullable(),
  service: z.string().nullable(),
  isFunction: z.boolean(),
  deployment: z.string().nullable(),
  /** The other server of a running migration, if known. */
  migratingTo: z.string().nullable(),
  startedAt: isoTime.nullable(),
});
/**
 * The internal API describes only the server this dashboard runs on; others are known by id through their instances.
 */
export const serverNode = z.object({
  kind: z.literal('server'),
  ...base,
  locationId: z.string(),
  provider: z.string().nullable(),
  isOwn: z.boolean(),
  state: state.nullable(),
});
export const locationNode = z.object({
  kind: z.literal('location'),
  ...base,
  provider: z.string().nullable(),
});
export const virtualMachineNode = z.object({
  kind: z.literal('virtual-machine'),
  ...base,
  identifier: z.string(),
  environmentId: z.string(),
  state,
});
export const networkNode = z.object({
  kind: z.literal('network'),
  ...base,
  identifier: z.string(),
  cidr: z.string().nullable(),
  environmentIds: z.array(z.string()),
  /** Empty where the upstream doesn't list them. */
  instanceIds: z.array(z.string()),
  state,
});
export const ipNode = z.object({
  kind: z.literal('ip'),
  ...base,
  family: z.enum(['ipv4', 'ipv6']),
  instanceId: z.string().nullable(),
  containerId: z.string().nullable(),
  virtualMachineId: z.string().nullable(),
  state,
});
export const domainNode = z.object({
  kind: z.literal('domain'),
  ...base,
  containerId: z.string().nullable(),
  virtualMachineId: z.string().nullable(),
  tls: z.boolean(),
  /** What the DNS record is (`linked`, `a`, `cname` …) and says; null where there is none. */
  record: z.object({ type: z.string(), value: z.string().nullable() }).nullable(),
  certificateExpires: isoTime.nullable(),
  certificateIssued: isoTime.nullable(),
  /** Brought by a person: Cycle does not renew it. Null where there is none. */
  certificateIsOwn: z.boolean().nullable(),
  state: state.nullable(),
});

export const topologyNode = z.discriminatedUnion('kind', [
  hubNode,
  environmentNode,
  containerNode,
  instanceNode,
  serverNode,
  locationNode,
  virtualMachineNode,
  networkNode,
  ipNode,
  domainNode,
]);
export type TopologyNode = z.infer<typeof topologyNode>;
export type NodeKind = TopologyNode['kind'];
export const nodeKind = z.union(topologyNode.options.map(({ shape }) => shape.kind));
export type NodeOf<K extends NodeKind> = Extract<TopologyNode, { kind: K }>;

/**
 * The whole environment. Node ids are the upstream's; edges are the foreign keys on the nodes (`containerId`,
 * `serverId`, `locationId`, `environmentId` …).
 */
export const topology = z.object({
  /** Increases with every change in this process; meaningful only with `epoch`. */
  revision: z.number(),
  /** Identifies the process that counts the revisions. */
  epoch: z.string(),
  freshness,
  nodes: z.array(topologyNode),
});
export type Topology = z.infer<typeof topology>;

/** One of them, for who needs no more. */
export const topologyNodeAnswer = z.object({ freshness, node: topologyNode });
export type TopologyNodeAnswer = z.infer<typeof topologyNodeAnswer>;

/** Applies only on top of `from`. */
export const topologyPatch = z.object({
  epoch: z.string(),
  from: z.number(),
  revision: z.number(),
  freshness,
  upsert: z.array(topologyNode),
  remove: z.array(z.string()),
});
export type TopologyPatch = z.infer<typeof topologyPatch>;
