import type { Attention } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';

const DAY_MS = 86_400_000;
const CERTIFICATE_WARNING_MS = 14 * DAY_MS;
/** Staying in one of these for long needs attention. */
const TRANSIENT_STATES = new Set(['starting', 'stopping', 'migrating', 'deleting']);
const STUCK_MS = 10 * 60_000;

/**
 * Most urgent first, then longest-standing first. Instances of one container are grouped ("3 of 4 instances
 * unhealthy"), so that one cause is one line.
 */
export function findAttention(snapshot: Snapshot, now: number): Attention[] {
  const found = [
    ...containersInNeed(snapshot, now),
    ...servicesInNeed(snapshot),
    ...machinesInNeed(snapshot),
    ...domainsInNeed(snapshot, now),
  ];
  const rank = { danger: 0, warning: 1 };
  const sinceOf = ({ since }: Attention): number => (since === null ? now : Date.parse(since));
  return found.sort(
    (a, b) => rank[a.severity] - rank[b.severity] || sinceOf(a) - sinceOf(b) || (a.id < b.id ? -1 : 1),
  );
}

type Problem = {
  severity: Attention['severity'];
  what: string;
  matches(it: CycleInstance, now: number): boolean;
};

/** Cycle keeps the last health of an instance that no longer runs. */
export function isRunningUnhealthy({ health, state }: CycleInstance): boolean {
  return health === 'unhealthy' && state.current === 'running';
}

const PROBLEMS: readonly Problem[] = [
  { severity: 'danger', what: 'failed', matches: (it) => it.state.current === 'failed' },
  { severity: 'danger', what: 'unhealthy', matches: isRunningUnhealthy },
  {
    severity: 'warning',
    what: 'stuck while changing state',
    matches: (it, now) =>
      TRANSIENT_STATES.has(it.state.current) && now - sinceMs(it.state.changed, now) > STUCK_MS,
  },
];

function sinceMs(since: string | null, now: number): number {
  return since === null ? now : Date.parse(since);
}

function containersInNeed(snapshot: Snapshot, now: number): Attention[] {
  const affected = new Map<string, Map<Problem, CycleInstance[]>>();
  const totals = new Map<string, number>();
  for (const instance of snapshot.instances.values()) {
    totals.set(instance.containerId, (totals.get(instance.containerId) ?? 0) + 1);
    const problem = PROBLEMS.find((each) => each.matches(instance, now));
    if (problem === undefined) continue;
    const ofContainer = affected.get(instance.containerId) ?? new Map<Problem, CycleInstance[]>();
    affected.set(instance.containerId, ofContainer);
    ofContainer.set(problem, [...(ofContainer.get(problem) ?? []), instance]);
  }
  const found: Attention[] = [];
  for (const [containerId, problems] of affected) {
    for (const [problem, instances] of problems)
      found.push(groupedInstances(snapshot, containerId, problem, instances, totals.get(containerId) ?? 0));
  }
  return found;
}

function groupedInstances(
  snapshot: Snapshot,
  containerId: string,
  { severity, what }: Problem,
  instances: CycleInstance[],
  total: number,
): Attention {
  const times = instances
    .map((it) => (what === 'unhealthy' ? it.healthSince : it.state.changed))
    .filter((time) => time !== null);
  const since = times.sort()[0] ?? null;
  const container = snapshot.containers.get(containerId);
  const [only] = instances;
  if (instances.length === 1 && only !== undefined) {
    const error = only.state.error === null ? '' : `: ${isolated(only.state.error)}`;
    const of = container === undefined ? '' : `, 1 of ${total} of ${isolated(container.name)}`;
    return {
      severity,
      kind: 'instance',
      id: only.id,
      name: instanceName(only),
      what: `${what}${of}${error}`,
      since,
    };
  }
  return {
    severity,
    kind: container?.service == null ? 'container' : 'service',
    id: containerId,
    name: container?.name ?? containerId,
    what: `${instances.length} of ${total} instances ${what}`,
    since,
  };
}

/** A service that is enabled but has no running instance does nothing for the environment. */
function servicesInNeed(snapshot: Snapshot): Attention[] {
  const running = runningByContainer(snapshot);
  const off = snapshot.environment?.disabledServices ?? [];
  return snapshot.services.flatMap(({ service, container }) => {
    const current = snapshot.containers.get(container.id)?.state ?? container.state;
    if (off.includes(service) || current.current !== 'running') return [];
    if ((running.get(container.id) ?? 0) > 0) return [];
    return {
      severity: 'danger' as const,
      kind: 'service' as const,
      id: container.id,
      name: container.name,
      what: `the ${service} service has no running instance`,
      since: current.changed,
    };
  });
}

export function runningByContainer(snapshot: Snapshot): Map<string, number> {
  const running = new Map<string, number>();
  for (const { containerId, state } of snapshot.instances.values()) {
    if (state.current === 'running') running.set(containerId, (running.get(containerId) ?? 0) + 1);
  }
  return running;
}

function machinesInNeed(snapshot: Snapshot): Attention[] {
  return snapshot.virtualMachines
    .filter(({ state }) => state.error !== null)
    .map(({ id, name, state }) => ({
      severity: 'danger',
      kind: 'virtual-machine',
      id,
      name,
      what: state.error ?? '',
      since: state.changed,
    }));
}

function domainsInNeed(snapshot: Snapshot, now: number): Attention[] {
  return snapshot.domains.flatMap(({ id, fqdn, certificateExpires }) => {
    if (certificateExpires === null) return [];
    const left = Date.parse(certificateExpires) - now;
    if (left > CERTIFICATE_WARNING_MS) return [];
    const days = Math.ceil(left / DAY_MS);
    return {
      severity: left <= 0 ? ('danger' as const) : ('warning' as const),
      kind: 'domain' as const,
      id,
      name: fqdn,
      what:
        left <= 0
          ? 'its certificate has expired'
          : `its certificate expires in ${days} ${days === 1 ? 'day' : 'days'}`,
      since: left <= 0 ? certificateExpires : null,
    };
  });
}
