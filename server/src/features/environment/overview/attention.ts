import type { Attention } from '@cyclorama/shared/environment.ts';
import { certificateState } from '@cyclorama/shared/rules/certificates.ts';
import { shownSince, shownState } from '@cyclorama/shared/rules/well-being.ts';

import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Snapshot } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';
import type { ContainerState } from './container-states.ts';
import { needOf, remedyOf } from './need.ts';

/** How far up a certificate's warning is ranked. */
const CERTIFICATE_SHARE = { ahead: 0, due: 0.1, late: 0.5, expired: 1 } as const;
const PARTS_SHOWN = 3;
export const noParts = { parts: [], partsTotal: 0, remedy: null };

/** What was done before is added to those that are shown. */
export type Found = {
  attention: Omit<Attention, 'before'>;
  /** When each part of it went wrong. */
  times: number[];
  /** Where its parts run. */
  serverIds: string[];
};
type Options = { states: readonly ContainerState[]; now: number; isOwn: (it: CycleInstance) => boolean };
export const alone = (attention: Found['attention']): Found => ({ attention, times: [], serverIds: [] });

/**
 * Most urgent first, then the largest share that is down, then the longest-standing. One cause is one line: the
 * instances of a container are its parts.
 */
export function findAttention(snapshot: Snapshot, options: Options): Found[] {
  const { now } = options;
  const found = [
    ...containersInNeed(options),
    ...machinesInNeed(snapshot).map(alone),
    ...domainsInNeed(snapshot, now).map(alone),
  ];
  const rank = { danger: 0, warning: 1 };
  const sinceOf = ({ since }: Found['attention']): number => (since === null ? now : Date.parse(since));
  return found.sort(
    ({ attention: a }, { attention: b }) =>
      rank[a.severity] - rank[b.severity] ||
      b.share - a.share ||
      sinceOf(a) - sinceOf(b) ||
      (a.id < b.id ? -1 : 1),
  );
}

function containersInNeed({ states, now, isOwn }: Options): Found[] {
  return states.flatMap((state) => {
    const { container, instances, well } = state;
    const need = needOf(state, now);
    if (need === null) return [];
    const { isOut, broken, stuck, parts } = need;
    const times = parts.map((it) => shownSince(it)).filter((time) => time !== null);
    const total = instances.length.toLocaleString('en');
    const counted =
      broken.length > 0
        ? well.text
        : `${stuck.length.toLocaleString('en')} of ${total} stuck while changing state`;
    const attention = {
      severity: isOut || broken.length > 0 ? ('danger' as const) : ('warning' as const),
      kind: container.service === null ? ('container' as const) : ('service' as const),
      id: container.id,
      name: container.name,
      what:
        isOut && container.service !== null
          ? `the ${container.service} service has no running instance`
          : (counted ?? ''),
      since: times.toSorted()[0] ?? container.state.changed,
      share: Math.max(well.share, parts.length / Math.max(1, instances.length)),
      parts: parts.slice(0, PARTS_SHOWN).map(presentPart),
      partsTotal: parts.length,
      remedy: remedyOf(parts, isOwn),
    };
    const serverIds = [...new Set(parts.map(({ serverId }) => serverId))];
    return { attention, times: times.map((time) => Date.parse(time)), serverIds };
  });
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

function machinesInNeed(snapshot: Snapshot): Found['attention'][] {
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

function domainsInNeed(snapshot: Snapshot, now: number): Found['attention'][] {
  return snapshot.domains.flatMap(({ id, fqdn, tls, certificateExpires }) => {
    const { text, tone, warning } = certificateState({ tls, certificateExpires }, now);
    if (warning === null) return [];
    return {
      severity: tone === 'danger' ? ('danger' as const) : ('warning' as const),
      kind: 'domain' as const,
      id,
      name: fqdn,
      what: warning === 'expired' ? 'its certificate has expired' : `its certificate has ${lowerFirst(text)}`,
      since: warning === 'expired' ? certificateExpires : null,
      share: CERTIFICATE_SHARE[warning],
      ...noParts,
    };
  });
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
