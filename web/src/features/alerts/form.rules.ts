import type {
  AlertCondition,
  AlertRule,
  AlertRuleRequest,
  AlertScope,
  AlertSeverity,
} from '@cyclorama/shared/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

/** As typed: numbers are text until they are sent. */
export type RuleFields = {
  name: string;
  condition: AlertCondition;
  forMinutes: string;
  severity: AlertSeverity;
  /** Names, ids and patterns, separated by commas; empty: all. */
  of: string;
  /** Deployment labels, separated by commas; empty: whatever the deployment. */
  deployments: string;
  enabled: boolean;
};

const MEBIBYTE = 1024 ** 2;

/** What a new rule of each kind begins with. */
export const conditionKinds: { [K in AlertCondition['kind']]: [label: string, first: AlertCondition] } = {
  measure: ['A measure of an instance', { kind: 'measure', measure: 'cpu', than: 'above', threshold: 90 }],
  'group-measure': [
    'A measure of a container or server',
    { kind: 'group-measure', of: 'container', by: 'sum', measure: 'cpu', than: 'above', threshold: 200 },
  ],
  'instance-state': ['The state of an instance', { kind: 'instance-state', is: 'unhealthy' }],
  'container-state': ['The state of a container', { kind: 'container-state', is: 'not-running' }],
  certificate: ['A certificate’s days left', { kind: 'certificate', daysLeft: 14 }],
  collector: ['Telemetry that stopped', { kind: 'collector' }],
  queue: ['A robot’s queue', { kind: 'queue', robotType: null, above: 3 }],
  claims: ['Claims that fail', { kind: 'claims', failures: 3, minutes: 60 }],
  pool: ['A pool without idle instances', { kind: 'pool' }],
  age: ['The age of a claim, booking or deployment', { kind: 'age', of: 'claim', hours: 24 }],
};

export const isBytes = (measure: string): boolean =>
  /^(memory|memoryLimit|swap|cache|receive.*|transmit.*)$/.test(measure);
/** Bytes are typed in MiB. */
export const unitFactor = (measure: string): number => (isBytes(measure) ? MEBIBYTE : 1);

export const newRule: RuleFields = {
  name: '',
  condition: conditionKinds.measure[1],
  forMinutes: '5',
  severity: 'warning',
  of: '',
  deployments: '',
  enabled: true,
};

const partsOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export function formOf(rule: AlertRule, nodes: readonly TopologyNode[]): RuleFields {
  const { name, condition, severity, enabled, forSeconds, scope } = rule;
  const known = new Map(nodes.map((node) => [node.id, node.name]));
  const objects = scope.objects.map((id) => {
    const its = known.get(id) ?? id;
    return its.includes(',') ? id : its;
  });
  const of = [...objects, ...scope.names].join(', ');
  const deployments = scope.deployments.join(', ');
  return { name, condition, severity, enabled, forMinutes: String(forSeconds / 60), of, deployments };
}

type Errors = Partial<Record<'name' | 'forMinutes' | 'of' | 'condition', string>>;

/** What is wrong with it, field by field. `before`: the rule that is changed. */
export function formErrors(form: RuleFields, nodes: readonly TopologyNode[], before?: AlertRule): Errors {
  const minutes = Number(form.forMinutes);
  const errors: Errors = {};
  if (form.name.trim() === '') errors.name = 'Name: expected a name';
  if (form.forMinutes.trim() === '' || !(minutes >= 0 && minutes <= 10_080))
    errors.forMinutes = 'For minutes: expected a number from 0 to 10080';
  const [unknown] = scopeOf(form, nodes, before).unknown;
  if (unknown !== undefined)
    errors.of = `Of: expected a container, server, instance or domain, got “${unknown}”`;
  if (Object.values(form.condition).some((value) => typeof value === 'number' && !Number.isFinite(value)))
    errors.condition = 'Expected a number';
  return errors;
}

const KINDS = new Set(['container', 'server', 'instance', 'domain']);

/** `unknown`: what is neither an object nor a pattern. What the rule named before stays, also where it is gone. */
function scopeOf(form: RuleFields, nodes: readonly TopologyNode[], before?: AlertRule) {
  const scope: AlertScope = { objects: [], names: [], deployments: partsOf(form.deployments) };
  const unknown: string[] = [];
  const those = nodes.filter(({ kind }) => KINDS.has(kind));
  for (const part of partsOf(form.of)) {
    const found = those.find(({ id, name }) => id === part || name === part)?.id;
    const kept = before?.scope.objects.find((id) => id === part);
    const object = found ?? kept;
    if (object !== undefined) scope.objects.push(object);
    else if (part.includes('*') || before?.scope.names.includes(part)) scope.names.push(part);
    else unknown.push(part);
  }
  return { scope, unknown };
}

/** Of a form without errors. */
export function requestOfForm(
  form: RuleFields,
  nodes: readonly TopologyNode[],
  before?: AlertRule,
): AlertRuleRequest {
  const { name, condition, severity, enabled } = form;
  const forSeconds = Math.round(Number(form.forMinutes) * 60);
  const { scope } = scopeOf(form, nodes, before);
  return { name: name.trim(), condition, severity, enabled, forSeconds, scope };
}
