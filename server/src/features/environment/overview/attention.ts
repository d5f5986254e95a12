import type { Attention } from '@cyclorama/shared/environment.ts';
import { shownSince, shownState, wellBeing, wellBeings } from '@cyclorama/shared/rules/well-being.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';
import type { ContainerState } from './container-states.ts';

const DAY_MS = 86_400_000;
const CERTIFICATE_WARNING_MS = 14 * DAY_MS;
/** Changing state, or running without being ready, for longer than this needs attention. */
const STUCK_MS = 10 * 60_000;
const PARTS_SHOWN = 3;
const noParts = { parts: [], partsTotal: 0 };

/**
 * Most urgent first, then the largest share that is down, then the longest-standing. One cause is one line: the
 * instances of a container are its parts.
 */
export function findAttention(
  snapshot: Snapshot,
  states: readonly ContainerState[],
  now: number,
): Attention[] {
  const found = [
    ...containersInNeed(snapshot, states, now),
    ...machinesInNeed(snapshot),
    ...domainsInNeed(snapshot, now),
  ];
  const rank = { danger: 0, warning: 1 };
  const sinceOf = ({ since }: Attention): number => msOf(since, now);
  return found.sort(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      b.share - a.share ||
      sinceOf(a) - sinceOf(b) ||
      (a.id < b.id ? -1 : 1),
  );
}

function msOf(time: string | null, fallback: number): number {
  return time === null ? fallback : Date.parse(time);
}

function containersInNeed(snapshot: Snapshot, states: readonly ContainerState[], now: number): Attention[] {
  const off = snapshot.environment?.disabledServices ?? [];
  return states.flatMap(({ container, instances, well }) => {
    const isOff = container.service !== null && off.includes(container.service);
    const isOut = well.state === 'failed' && well.share === 1 && !isOff;
    const broken = instances.filter((it) => isBroken(it));
    const stuck = instances.filter((it) => isStuck(it, now));
    // Of a service that is out, resting instances are the cause too.
    const parts = worstFirst(isOut && broken.length === 0 ? [...instances] : [...broken, ...stuck]);
    if (parts.length === 0 && !isOut) return [];
    const first = parts.map((it) => shownSince(it)).filter((time) => time !== null);
    const total = instances.length.toLocaleString('en');
    const counted =
      broken.length > 0
        ? well.text
        : `${stuck.length.toLocaleString('en')} of ${total} stuck while changing state`;
    return {
      severity: isOut || broken.length > 0 ? ('danger' as const) : ('warning' as const),
      kind: container.service === null ? ('container' as const) : ('service' as const),
      id: container.id,
      name: container.name,
      what:
        isOut && container.service !== null
          ? `the ${container.service} service has no running instance`
          : (counted ?? ''),
      since: first.sort()[0] ?? container.state.changed,
      share: Math.max(well.share, parts.length / Math.max(1, instances.length)),
      parts: parts.slice(0, PARTS_SHOWN).map(presentPart),
      partsTotal: parts.length,
    };
  });
}

function isBroken(instance: CycleInstance): boolean {
  const state = wellBeing(instance);
  return state === 'failed' || state === 'unhealthy';
}

function isStuck(instance: CycleInstance, now: number): boolean {
  const state = wellBeing(instance);
  const isOdd = state === 'not-ready' || (state === 'changing' && instance.state.current !== 'new');
  return isOdd && now - msOf(shownSince(instance), now) > STUCK_MS;
}

function worstFirst(instances: CycleInstance[]): CycleInstance[] {
  const rank = (it: CycleInstance): number => wellBeings.indexOf(wellBeing(it));
  return instances.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function presentPart(instance: CycleInstance): Attention['parts'][number] {
  return {
    id: instance.id,
    name: instanceName(instance),
    state: shownState(instance),
    since: shownSince(instance),
    error: instance.state.error,
  };
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
      share: 1,
      ...noParts,
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
      share: left <= 0 ? 1 : 0,
      ...noParts,
    };
  });
}
