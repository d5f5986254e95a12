import type { AlertCondition, AlertMeasure, AlertScope, AlertState } from '../alerts.ts';
import type { TopologyNode } from '../topology.ts';
import { wellBeing } from './well-being.ts';

const DAY_MS = 86_400_000;

/** Since when a node is so (epoch ms; it may lie ahead), and what is seen. `since` null: not told. */
export type NodeMatch = { since: number | null; detail: string };

type NodeCondition = Extract<AlertCondition, { kind: 'instance-state' | 'container-state' | 'certificate' }>;

/** True where the topology alone tells whether the condition holds. */
export function isNodeCondition(condition: AlertCondition): condition is NodeCondition {
  return ['instance-state', 'container-state', 'certificate'].includes(condition.kind);
}

const time = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

/** Null where it does not match, and won't for as long as the node stays as it is. */
export function matchOf(condition: NodeCondition, node: TopologyNode): NodeMatch | null {
  switch (condition.kind) {
    case 'instance-state':
      return node.kind === 'instance' ? instanceMatch(condition.is, node) : null;
    case 'container-state':
      return node.kind === 'container' ? containerMatch(condition.is, node) : null;
    case 'certificate': {
      if (node.kind !== 'domain' || node.certificateExpires === null) return null;
      const ends = Date.parse(node.certificateExpires);
      return {
        since: ends - condition.daysLeft * DAY_MS,
        detail: `the certificate ends on ${node.certificateExpires.slice(0, 10)}`,
      };
    }
    default:
      return condition satisfies never;
  }
}

type InstanceNode = Extract<TopologyNode, { kind: 'instance' }>;
type ContainerNode = Extract<TopologyNode, { kind: 'container' }>;
type InstanceIs = Extract<AlertCondition, { kind: 'instance-state' }>['is'];
type ContainerIs = Extract<AlertCondition, { kind: 'container-state' }>['is'];

function instanceMatch(is: InstanceIs, node: InstanceNode): NodeMatch | null {
  const being = wellBeing(node);
  const since = time(node.state.changed);
  if (is === 'unhealthy' && being === 'unhealthy')
    return { since: time(node.healthSince) ?? since, detail: 'unhealthy' };
  if (is === 'not-ready' && (being === 'not-ready' || (being === 'unhealthy' && node.ready === false)))
    return { since: time(node.readySince) ?? since, detail: 'not ready' };
  if (is === 'failed' && being === 'failed') return { since, detail: node.state.error ?? 'failed' };
  // What waits in a pool, or may not run, is not meant to run.
  const isMeantToRun = !node.isFunction && node.readyState === 'active';
  if (is === 'not-running' && isMeantToRun && node.state.current !== 'running')
    return { since, detail: node.state.current };
  return null;
}

const WELL = new Set(['running', 'function', 'stopped', 'new', 'starting', 'stopping']);

function containerMatch(is: ContainerIs, node: ContainerNode): NodeMatch | null {
  const { current, error, changed } = node.state;
  if (node.isDisabled) return null;
  if (is === 'not-well' && (error !== null || !WELL.has(current)))
    return { since: time(changed), detail: error ?? current };
  if (is === 'not-running' && current !== 'running' && current !== 'function')
    return { since: time(changed), detail: current };
  return null;
}

/** What of an object a scope is compared with. */
export type ScopedObject = {
  id: string;
  /** Its own names, and those of its container. */
  names: readonly string[];
  containerId?: string | null;
  serverId?: string | null;
  deployment?: string | null;
};

export function inScope({ objects, names, deployments }: AlertScope, of: ScopedObject): boolean {
  const isNamed = (): boolean =>
    [of.id, of.containerId, of.serverId].some((id) => id != null && objects.includes(id)) ||
    names.some((pattern) => of.names.some((name) => matchesPattern(pattern, name)));
  if (objects.length + names.length > 0 && !isNamed()) return false;
  return deployments.length === 0 || (of.deployment != null && deployments.includes(of.deployment));
}

/** Whether a name is one of those that a pattern stands for, upper and lower case alike. */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...parts] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

type Unit = 'percent' | 'bytes' | 'bytes-per-second' | 'per-second' | 'count';
export const alertMeasureUnits: Record<AlertMeasure, { label: string; unit: Unit }> = {
  cpu: { label: 'CPU', unit: 'percent' },
  throttled: { label: 'CPU throttled', unit: 'percent' },
  memory: { label: 'Memory', unit: 'bytes' },
  memoryShare: { label: 'Memory of its limit', unit: 'percent' },
  memoryLimit: { label: 'Memory limit', unit: 'bytes' },
  memoryLimitHits: { label: 'Memory limit hits', unit: 'per-second' },
  swap: { label: 'Swap', unit: 'bytes' },
  cache: { label: 'Page cache', unit: 'bytes' },
  processes: { label: 'Processes', unit: 'count' },
  receive: { label: 'Network receive', unit: 'bytes-per-second' },
  transmit: { label: 'Network transmit', unit: 'bytes-per-second' },
  receivePrivate: { label: 'Private receive', unit: 'bytes-per-second' },
  transmitPrivate: { label: 'Private transmit', unit: 'bytes-per-second' },
  receivePublic: { label: 'Public receive', unit: 'bytes-per-second' },
  transmitPublic: { label: 'Public transmit', unit: 'bytes-per-second' },
  networkErrors: { label: 'Network errors', unit: 'per-second' },
  networkDrops: { label: 'Network drops', unit: 'per-second' },
};

/** "96.2 %", "512 MiB", "1.5 MiB/s". */
export function alertValueText(measure: AlertMeasure, value: number): string {
  const { unit } = alertMeasureUnits[measure];
  const short = (number: number): string => String(Math.round(number * 10) / 10);
  if (unit === 'percent') return `${short(value)} %`;
  if (unit === 'per-second') return `${short(value)}/s`;
  if (unit === 'count') return short(value);
  const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
  const size = `${short(value / 1024 ** power)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
  return unit === 'bytes' ? size : `${size}/s`;
}

const AGED = { claim: 'Claim', booking: 'Booking', deployment: 'Newest deployment' };

/** "Memory of its limit above 95 %", without how long. */
export function conditionText(condition: AlertCondition): string {
  switch (condition.kind) {
    case 'instance-state':
      return `Instance ${condition.is.replace('-', ' ')}`;
    case 'container-state':
      return condition.is === 'not-well' ? 'Container not well' : 'Container not running';
    case 'measure': {
      const { measure, than, threshold } = condition;
      return `${alertMeasureUnits[measure].label} ${than} ${alertValueText(measure, threshold)}`;
    }
    case 'group-measure': {
      const { of, by, measure, than, threshold } = condition;
      const { label } = alertMeasureUnits[measure];
      const what = measure === 'memoryShare' ? 'Memory of all limits' : `${label}, ${by}`;
      return `${what} of a ${of} ${than} ${alertValueText(measure, threshold)}`;
    }
    case 'certificate':
      return `Certificate ends in less than ${condition.daysLeft} days`;
    case 'collector':
      return 'No telemetry from a server';
    case 'queue':
      return `More than ${condition.above} wait for ${condition.robotType ?? 'a robot'}`;
    case 'claims':
      return `${condition.failures} or more claims failed within ${condition.minutes} min`;
    case 'pool':
      return 'No idle instance in a pool';
    case 'age':
      return `${AGED[condition.of]} older than ${condition.hours} h`;
    default:
      return condition satisfies never;
  }
}

/** Null where it can be acknowledged. */
export function acknowledgeRefusal(alert: { state: AlertState; acknowledged: object | null }): string | null {
  if (alert.state === 'resolved') return 'It is over already.';
  if (alert.state === 'pending') return 'It does not fire yet.';
  return alert.acknowledged === null ? null : 'It is acknowledged already.';
}
