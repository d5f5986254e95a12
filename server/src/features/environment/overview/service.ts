import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Freshness, UpstreamStatus } from '@cyclorama/shared/common.ts';
import type { Overview } from '@cyclorama/shared/environment.ts';
import { countInstances, countParts, wellBeingOfMachine } from '@cyclorama/shared/rules/counts.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { presentPlacement } from '../topology/presenter.ts';
import { alone, findAttention, noParts } from './attention.ts';
import type { Found } from './attention.ts';
import type { createCauses } from './causes.ts';
import { containerStates } from './container-states.ts';
import type { ContainerState } from './container-states.ts';

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
  isOwn: (instance: CycleInstance) => boolean;
  withCauses: ReturnType<typeof createCauses>;
};

export async function presentOverview({
  snapshot,
  freshness,
  upstreams,
  numbers,
  activity,
  now,
  isOwn,
  withCauses,
}: Inputs): Promise<Overview> {
  const { environment, hub } = snapshot;
  const states = containerStates(snapshot);
  const { servers, locations } = presentPlacement(snapshot);
  const attention = [...upstreamsInNeed(upstreams), ...findAttention(snapshot, { states, now, isOwn })];
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
    instances: countInstances([...snapshot.instances.values()]),
    containers: countParts(states.map(({ well }) => well.state)),
    services: presentServices(snapshot, states),
    virtualMachines: countParts(snapshot.virtualMachines.map(wellBeingOfMachine)),
    servers: servers.length,
    locations: locations.length,
    attention: await withCauses(attention.slice(0, ATTENTION_SHOWN)),
    attentionTotal: attention.length,
    urgentTotal: attention.filter(({ attention: { severity } }) => severity === 'danger').length,
    claims: numbers.claims,
    robots: numbers.robots,
    activity,
  };
}

function presentServices(snapshot: Snapshot, states: readonly ContainerState[]): Overview['services'] {
  const byId = new Map(states.map((each) => [each.container.id, each]));
  return snapshot.services.map(({ service, container }) => {
    const { well, instances } = byId.get(container.id) ?? { well: null, instances: [] };
    return {
      service,
      containerId: container.id,
      state: well?.state ?? 'stopped',
      running: countInstances(instances).byState.running ?? 0,
      total: instances.length,
    };
  });
}

function upstreamsInNeed(upstreams: readonly UpstreamStatus[]): Found[] {
  return upstreams
    .filter(({ failingSince }) => failingSince !== null)
    .map(({ name, label, failingSince, reason }) =>
      alone({
        severity: 'danger',
        kind: 'upstream',
        id: name,
        name: label,
        what: reason ?? 'does not answer',
        since: failingSince,
        share: 1,
        ...noParts,
      }),
    );
}
