import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Freshness, UpstreamStatus } from '@cyclorama/shared/common.ts';
import type { Attention, Overview } from '@cyclorama/shared/environment.ts';

import type { Snapshot } from '../sync/snapshot.ts';
import { presentPlacement } from '../topology/presenter.ts';
import { findAttention, isRunningUnhealthy, runningByContainer } from './attention.ts';

/** The most urgent are sent; `attentionTotal` counts all. */
const ATTENTION_SHOWN = 50;

export type OverviewNumbers = Pick<Overview, 'claims' | 'robots'>;

type Inputs = {
  snapshot: Snapshot;
  freshness: Freshness;
  upstreams: readonly UpstreamStatus[];
  numbers: OverviewNumbers;
  activity: ActivityEntry[];
  now: number;
};

export function presentOverview({
  snapshot,
  freshness,
  upstreams,
  numbers,
  activity,
  now,
}: Inputs): Overview {
  const { environment, hub } = snapshot;
  const instances = [...snapshot.instances.values()];
  const containers = [...snapshot.containers.values()];
  const { servers, locations } = presentPlacement(snapshot);
  const attention = [...upstreamsInNeed(upstreams), ...findAttention(snapshot, now)];
  return {
    freshness,
    environment:
      environment === null
        ? null
        : {
            id: environment.id,
            name: environment.name,
            cluster: environment.cluster,
            hubName: hub?.name ?? '',
          },
    instances: {
      total: instances.length,
      byState: tally(instances.map((it) => it.state.current)),
      unhealthy: instances.filter(isRunningUnhealthy).length,
    },
    containers: { total: containers.length, byState: tally(containers.map((it) => it.state.current)) },
    services: presentServices(snapshot),
    virtualMachines: {
      total: snapshot.virtualMachines.length,
      byState: tally(snapshot.virtualMachines.map((it) => it.state.current)),
    },
    servers: servers.length,
    locations: locations.length,
    attention: attention.slice(0, ATTENTION_SHOWN),
    attentionTotal: attention.length,
    claims: numbers.claims,
    robots: numbers.robots,
    activity,
  };
}

function presentServices(snapshot: Snapshot): Overview['services'] {
  const running = runningByContainer(snapshot);
  const totals = new Map<string, number>();
  for (const { containerId } of snapshot.instances.values())
    totals.set(containerId, (totals.get(containerId) ?? 0) + 1);
  return snapshot.services.map(({ service, container }) => ({
    service,
    containerId: container.id,
    running: running.get(container.id) ?? 0,
    total: totals.get(container.id) ?? 0,
  }));
}

function upstreamsInNeed(upstreams: readonly UpstreamStatus[]): Attention[] {
  return upstreams
    .filter(({ failingSince }) => failingSince !== null)
    .map(({ name, label, failingSince, reason }) => ({
      severity: 'danger',
      kind: 'upstream',
      id: name,
      name: label,
      what: reason ?? 'does not answer',
      since: failingSince,
    }));
}

function tally(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
