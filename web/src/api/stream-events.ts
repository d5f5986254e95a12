import type { ActivityPage } from '@cyclorama/shared/activity.ts';
import type { BatchesResponse, Claim, ClaimBatch, ClaimsResponse } from '@cyclorama/shared/claims.ts';
import type { Freshness, UpstreamStatus, UpstreamsResponse } from '@cyclorama/shared/common.ts';
import type { ServerEvent, ServerEventOf } from '@cyclorama/shared/events.ts';
import type {
  Booking,
  BookingsResponse,
  DeploymentsResponse,
  RobotDeployment,
} from '@cyclorama/shared/robots.ts';
import type { About } from '@cyclorama/shared/session.ts';
import type { Topology, TopologyPatch } from '@cyclorama/shared/topology.ts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';

import { setTelemetryTick } from './connection.ts';
import { freshnessOf } from './freshness.ts';
import { keys } from './keys.ts';
import { announceRobotFree } from './robot-free.ts';
import { endSession } from './session.ts';
import { applyTopologyPatch } from './topology-patch.ts';

export type Refresh = (key: readonly unknown[]) => void;

function applyPatches(client: QueryClient, patches: readonly TopologyPatch[], refresh: Refresh): void {
  const before = client.getQueryData<Topology>(keys.topology);
  let current = before;
  let hasGap = false;
  for (const patch of patches) {
    if (current === undefined || hasGap) break;
    const next = applyTopologyPatch(current, patch);
    if (next === 'gap') hasGap = true;
    else if (next !== 'old') current = next;
  }
  // One new object per frame, however many patches came.
  if (current !== before) client.setQueryData(keys.topology, current);
  // A running read is not cancelled: its result is newer than this, or the next patch finds a gap again.
  if (hasGap) void client.invalidateQueries({ queryKey: keys.topology }, { cancelRefetch: false });
  refresh(keys.overview);
  refresh(keys.functions);
  for (const id of new Set(patches.flatMap(touched))) refresh(id);
}

/** Detail queries affected by a patch: its nodes, and the containers of its instances. */
function touched(patch: TopologyPatch): readonly unknown[][] {
  return patch.upsert.flatMap((node): unknown[][] => {
    if (node.kind === 'container') return [[...keys.container(node.id)]];
    if (node.kind !== 'instance') return [];
    return [[...keys.instance(node.id)], [...keys.container(node.containerId)]];
  });
}

function replaceById<T extends { id: string }>(items: readonly T[], changed: T): T[] {
  return items.map((item) => (item.id === changed.id ? changed : item));
}

function applyClaim(client: QueryClient, claim: Claim): void {
  client.setQueriesData<ClaimsResponse>({ queryKey: keys.claimLists }, (old) =>
    old === undefined ? old : { ...old, claims: replaceById(old.claims, claim) },
  );
  client.setQueriesData<InfiniteData<ClaimsResponse>>({ queryKey: keys.claimPages }, (old) =>
    old === undefined
      ? old
      : {
          ...old,
          pages: old.pages.map((page) => ({ ...page, claims: replaceById(page.claims, claim) })),
        },
  );
}

function applyClaimBatch(client: QueryClient, batch: ClaimBatch, refresh: Refresh): void {
  client.setQueryData(keys.claimBatch(batch.id), batch);
  const list = client.getQueryData<BatchesResponse>(keys.claimBatchList);
  if (list?.batches.some(({ id }) => id === batch.id) === true) {
    client.setQueryData(keys.claimBatchList, { ...list, batches: replaceById(list.batches, batch) });
  } else refresh(keys.claimBatchList);
}

function applyBooking(client: QueryClient, booking: Booking): void {
  client.setQueriesData<BookingsResponse>({ queryKey: keys.bookingLists }, (old) =>
    old === undefined ? old : { ...old, bookings: replaceById(old.bookings, booking) },
  );
  if (client.getQueryData(keys.booking(booking.id)) !== undefined) {
    client.setQueryData(keys.booking(booking.id), booking);
  }
}

function applyDeployments(client: QueryClient, changed: readonly RobotDeployment[]): void {
  const byId = new Map(changed.map((deployment) => [deployment.id, deployment]));
  client.setQueriesData<DeploymentsResponse>({ queryKey: keys.deployments }, (old) =>
    old === undefined
      ? old
      : { ...old, deployments: old.deployments.map((each) => byId.get(each.id) ?? each) },
  );
}

/** Data is as fresh as its upstream. Sets a new value only when the freshness changes. */
function applyFreshness(client: QueryClient, { state, asOf, failingSince, reason }: Freshness): void {
  for (const queryKey of [keys.deployments, keys.bookingLists, keys.deploymentDetails]) {
    client.setQueriesData<{ freshness?: Freshness }>({ queryKey }, (old) => {
      const before = old?.freshness;
      if (before === undefined || (before.state === state && before.reason === reason)) return old;
      return { ...old, freshness: { state, asOf, failingSince, reason } };
    });
  }
}

/** When an upstream fails or recovers, everything that shows its age or failed to load is read again. */
function applyUpstreams(client: QueryClient, upstreams: UpstreamStatus[]): void {
  const before = client.getQueryData<UpstreamsResponse>(keys.upstreams)?.upstreams ?? [];
  client.setQueryData<UpstreamsResponse>(keys.upstreams, { upstreams });
  for (const upstream of upstreams) if (upstream.name === 'rerobots') applyFreshness(client, upstream);
  const moved = before.some(({ name, state }) =>
    upstreams.some((now) => now.name === name && now.state !== state),
  );
  if (!moved) return;
  void client.invalidateQueries({
    predicate: ({ queryKey, state: { data, error } }) =>
      // The topology's age comes with its patches.
      error !== null || (queryKey[0] !== keys.topology[0] && freshnessOf(data) !== undefined),
  });
}

function applyActivity(client: QueryClient, { entry }: ServerEventOf<'activity'>, refresh: Refresh): void {
  // Only the unfiltered list certainly contains it; filtered ones are read again.
  client.setQueryData<InfiniteData<ActivityPage>>([...keys.activity, 'list', {}], (old) => {
    const first = old?.pages[0];
    if (old === undefined || first === undefined || first.entries.some(({ id }) => id === entry.id))
      return old;
    return { ...old, pages: [{ ...first, entries: [entry, ...first.entries] }, ...old.pages.slice(1)] };
  });
  refresh([...keys.activity, 'filtered']);
  refresh(keys.timeline);
  refresh(keys.overview);
}

function applyOne(client: QueryClient, event: ServerEvent, refresh: Refresh): void {
  switch (event.type) {
    case 'upstreams':
      applyUpstreams(client, event.upstreams);
      return;
    case 'telemetry':
      setTelemetryTick(event.at);
      refresh([...keys.telemetry, 'top']);
      return;
    case 'claim':
      applyClaim(client, event.claim);
      for (const key of [keys.claims, keys.functions, keys.overview]) refresh(key);
      return;
    case 'claim-batch':
      applyClaimBatch(client, event.batch, refresh);
      return;
    case 'booking':
      applyBooking(client, event.booking);
      for (const key of [keys.bookings, keys.overview]) refresh(key);
      if (event.booking.deploymentId !== null) refresh(keys.deployment(event.booking.deploymentId));
      return;
    case 'robot-free':
      announceRobotFree(event);
      refresh(keys.deployment(event.deploymentId));
      return;
    case 'deployments':
      applyDeployments(client, event.deployments);
      for (const key of [keys.deployments, keys.overview]) refresh(key);
      for (const { id } of event.deployments) {
        if (client.getQueryData(keys.deployment(id)) !== undefined) refresh(keys.deployment(id));
      }
      return;
    case 'task':
      client.setQueryData(keys.tasks(event.task.instanceId), event.task);
      refresh(keys.instance(event.task.instanceId));
      return;
    case 'task-batch':
      refresh(keys.taskBatch(event.batch.id));
      refresh(keys.taskBatchList);
      return;
    case 'object-events':
      if (event.of === null) refresh(keys.allObjectEvents);
      else for (const id of event.of) refresh(keys.objectEvents(id));
      refresh(keys.timeline);
      return;
    case 'notifications':
    case 'alerts':
      refresh(keys[event.type]);
      return;
    case 'activity':
      applyActivity(client, event, refresh);
      return;
    case 'store':
      client.setQueryData<About>(keys.about, (old) => old && { ...old, store: event.fault });
      return;
    case 'session':
      void client.invalidateQueries({ queryKey: keys.session });
      refresh(keys.team);
      return;
    case 'signed-out':
      endSession(event.reason);
      return;
    case 'resync':
      void client.invalidateQueries();
      return;
    case 'hello':
    case 'heartbeat':
    case 'topology':
      return;
    default:
      event satisfies never;
  }
}

/** Applies one frame's events in order; all topology patches become one change. */
export function applyEvents(client: QueryClient, events: readonly ServerEvent[], refresh: Refresh): void {
  const patches = events.flatMap((event) => (event.type === 'topology' ? [event.patch] : []));
  if (patches.length > 0) applyPatches(client, patches, refresh);
  for (const event of events) applyOne(client, event, refresh);
}
