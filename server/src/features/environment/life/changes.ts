import type { NewObjectEvent } from '../../../store/object-events.ts';
import type { CycleContainer, CycleEnvironment, CycleInstance } from '../../../upstream/cycle/types.ts';
import { readinessWord } from '../sync/snapshot.ts';
import type { ContainerChange, InstanceChange } from '../sync/snapshot.ts';
import { instanceName } from '../topology/presenter.ts';
import { changedSettings } from './settings.ts';

type Subject = Pick<NewObjectEvent, 'object_kind' | 'object_id' | 'object_name' | 'container_id'>;
type What = Pick<NewObjectEvent, 'kind' | 'outcome'> & {
  before?: string | null;
  after?: string | null;
  detail?: string | null;
};

/** What is first seen later than this after it was created was there before it was watched. */
const NEW_FOR_MS = 10 * 60_000;

/** Cycle's only times that never move: of a state's change and of a creation. */
const EXACT: ReadonlySet<What['kind']> = new Set(['state', 'restart', 'created']);

/** `time` is the upstream's own; null: it has none, and `now` stands for it. */
export function eventOf(subject: Subject, what: What, time: string | null, now: number): NewObjectEvent {
  const { kind, before, after } = what;
  const isExact = time !== null && EXACT.has(kind);
  return {
    ...subject,
    natural_key: isExact ? [subject.object_id, kind, before ?? '', after ?? '', time].join(' ') : null,
    at: time === null ? now : Math.min(now, Date.parse(time)),
    ended_at: null,
    kind: what.kind,
    outcome: what.outcome,
    value_before: what.before ?? null,
    value_after: what.after ?? null,
    actor: null,
    detail: what.detail ?? null,
  };
}

const ofInstance = (it: CycleInstance): Subject => ({
  object_kind: 'instance',
  object_id: it.id,
  object_name: instanceName(it),
  container_id: it.containerId,
});

/** A start after it was up before. Claims start and stop function instances, which is no restart. */
const isRestart = (before: CycleInstance, after: CycleInstance, wasUp: boolean): boolean =>
  wasUp &&
  !after.isFunction &&
  after.state.current === 'running' &&
  (before.state.current !== 'running' || before.state.changed !== after.state.changed);

function stateOutcome(before: string | null, after: string): NewObjectEvent['outcome'] {
  if (after === 'failed') return 'failed';
  return before === 'failed' && after === 'running' ? 'recovered' : 'changed';
}

export function instanceEvents(
  { before, after }: InstanceChange,
  { now, wasUp }: { now: number; wasUp: boolean },
): NewObjectEvent[] {
  if (before === null && after === null) return [];
  if (after === null) {
    return before === null
      ? []
      : [eventOf(ofInstance(before), { kind: 'deleted', outcome: 'changed' }, null, now)];
  }
  const subject = ofInstance(after);
  const of = (what: What, time: string | null) => eventOf(subject, what, time, now);
  if (before === null) {
    const { createdAt } = after;
    const isNew = createdAt !== null && now - Date.parse(createdAt) < NEW_FOR_MS;
    return isNew ? [of({ kind: 'created', outcome: 'changed' }, createdAt)] : [];
  }
  const events: NewObjectEvent[] = [];
  const { state } = after;
  if (isRestart(before, after, wasUp)) {
    const outcome = before.state.current === 'failed' ? 'recovered' : 'done';
    events.push(of({ kind: 'restart', outcome }, state.changed));
  } else if (before.state.current !== state.current) {
    const outcome = stateOutcome(before.state.current, state.current);
    const moved = { before: before.state.current, after: state.current };
    events.push(of({ kind: 'state', outcome, ...moved, detail: state.error }, state.changed));
  }
  if (before.health !== after.health && isTold(before.health, after.health)) {
    const outcome =
      after.health === 'unhealthy' ? 'failed' : before.health === 'unhealthy' ? 'recovered' : 'changed';
    const moved = { before: before.health, after: after.health };
    events.push(of({ kind: 'health', outcome, ...moved }, after.healthSince));
  }
  if (before.ready !== after.ready && state.current === 'running' && after.ready !== null) {
    const moved = { before: readinessWord(before.ready), after: readinessWord(after.ready) };
    events.push(of({ kind: 'readiness', outcome: 'changed', ...moved }, after.readySince));
  }
  if (before.migratingTo !== after.migratingTo && after.migratingTo !== null) {
    const moved = { before: after.serverId, after: after.migratingTo };
    events.push(of({ kind: 'migration', outcome: 'started', ...moved }, null));
  }
  if (before.deployment !== after.deployment && after.deployment !== null) {
    const moved = { before: before.deployment, after: after.deployment };
    events.push(of({ kind: 'deployment', outcome: 'done', ...moved }, null));
  }
  return events;
}

/** Every stop makes health unknown for a moment, which tells nothing. */
const isTold = (before: string, after: string): boolean =>
  after === 'unhealthy' || (after === 'healthy' && before !== 'none');

export const subjectOfContainer = ({ id, name }: Pick<CycleContainer, 'id' | 'name'>): Subject => ({
  object_kind: 'container',
  object_id: id,
  object_name: name,
  container_id: null,
});

export function containerEvents({ before, after }: ContainerChange, now: number): NewObjectEvent[] {
  const it = after ?? before;
  if (it === null) return [];
  const subject = subjectOfContainer(it);
  const of = (what: What, time: string | null) => eventOf(subject, what, time, now);
  if (after === null) return [of({ kind: 'deleted', outcome: 'changed' }, null)];
  if (before === null) {
    const isNew = after.createdAt !== null && now - Date.parse(after.createdAt) < NEW_FOR_MS;
    return isNew ? [of({ kind: 'created', outcome: 'changed' }, after.createdAt)] : [];
  }
  const events: NewObjectEvent[] = [];
  if (before.state.current !== after.state.current) {
    const outcome = stateOutcome(before.state.current, after.state.current);
    const moved = { before: before.state.current, after: after.state.current };
    events.push(of({ kind: 'state', outcome, ...moved, detail: after.state.error }, after.state.changed));
  }
  if (before.deployment !== after.deployment && after.deployment !== null) {
    const moved = { before: before.deployment, after: after.deployment };
    events.push(of({ kind: 'deployment', outcome: 'started', ...moved }, null));
  }
  if (before.desiredInstances !== after.desiredInstances && after.desiredInstances !== null) {
    const moved = { before: String(before.desiredInstances ?? 0), after: String(after.desiredInstances) };
    events.push(of({ kind: 'scaling', outcome: 'started', ...moved }, null));
  }
  const settings = changedSettings(before.settings, after.settings);
  if (settings !== null) events.push(of({ kind: 'setting', outcome: 'changed', ...settings }, null));
  return events;
}

/** Only its settings; each of its parts has a life of its own. */
export function environmentEvents(
  before: CycleEnvironment | null,
  after: CycleEnvironment | null,
  now: number,
): NewObjectEvent[] {
  if (before === null || after === null || before.id !== after.id) return [];
  const settings = changedSettings(before.settings, after.settings);
  if (settings === null) return [];
  const subject: Subject = {
    object_kind: 'environment',
    object_id: after.id,
    object_name: after.name,
    container_id: null,
  };
  return [eventOf(subject, { kind: 'setting', outcome: 'changed', ...settings }, null, now)];
}

type Watched = {
  id: string;
  name: string;
  state: { current: string; changed: string | null; error: string | null };
};

/** For the parts whose changes don't say what was before: machines, domains and the server. */
export function stateEvent(
  kind: 'virtual-machine' | 'domain' | 'server',
  before: string,
  after: Watched,
  now: number,
): NewObjectEvent {
  const subject: Subject = {
    object_kind: kind,
    object_id: after.id,
    object_name: after.name,
    container_id: null,
  };
  const outcome = stateOutcome(before, after.state.current);
  const what: What = {
    kind: 'state',
    outcome,
    before,
    after: after.state.current,
    detail: after.state.error,
  };
  return eventOf(subject, what, after.state.changed, now);
}
