import type { AlertCondition, AlertRule, AlertRuleRequest, AlertSeverity } from '@cyclorama/shared/alerts.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';

/** As typed: numbers are text until they are sent. */
export type RuleForm = {
  name: string;
  condition: AlertCondition;
  forMinutes: string;
  severity: AlertSeverity;
  /** Name of a container, server or instance; empty: all. */
  of: string;
  enabled: boolean;
};

const MEBIBYTE = 1024 ** 2;

/** What a new rule of each kind begins with. */
export const conditionKinds: { [K in AlertCondition['kind']]: [label: string, first: AlertCondition] } = {
  measure: ['A measure of an instance', { kind: 'measure', measure: 'cpu', than: 'above', threshold: 90 }],
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

export const newRule: RuleForm = {
  name: '',
  condition: conditionKinds.measure[1],
  forMinutes: '5',
  severity: 'warning',
  of: '',
  enabled: true,
};

export function formOf(rule: AlertRule, nodes: readonly TopologyNode[]): RuleForm {
  const { name, condition, severity, enabled, forSeconds, scope } = rule;
  const [id = ''] = scope.objects;
  const of = nodes.find((node) => node.id === id)?.name ?? id;
  return { name, condition, severity, enabled, forMinutes: String(forSeconds / 60), of };
}

type Errors = Partial<Record<'name' | 'forMinutes' | 'of' | 'condition', string>>;

/** What is wrong with it, field by field. */
export function formErrors(form: RuleForm, nodes: readonly TopologyNode[]): Errors {
  const minutes = Number(form.forMinutes);
  const errors: Errors = {};
  if (form.name.trim() === '') errors.name = 'Name: expected a name';
  if (form.forMinutes.trim() === '' || !(minutes >= 0 && minutes <= 10_080))
    errors.forMinutes = 'For minutes: expected a number from 0 to 10080';
  if (form.of !== '' && objectOf(form.of, nodes) === null)
    errors.of = 'Of: expected the name or id of a container, server, instance or domain';
  if (Object.values(form.condition).some((value) => typeof value === 'number' && !Number.isFinite(value)))
    errors.condition = 'Expected a number';
  return errors;
}

const KINDS = new Set(['container', 'server', 'instance', 'domain']);

function objectOf(text: string, nodes: readonly TopologyNode[]): string | null {
  const found = nodes.find(({ kind, id, name }) => KINDS.has(kind) && (id === text || name === text));
  return found?.id ?? null;
}

/** Of a form without errors; what the form does not show stays as it was. */
export function requestOfForm(
  form: RuleForm,
  nodes: readonly TopologyNode[],
  before?: AlertRule,
): AlertRuleRequest {
  const { name, condition, severity, enabled } = form;
  const one = objectOf(form.of, nodes);
  const others = before?.scope.objects.slice(1) ?? [];
  return {
    name: name.trim(),
    condition,
    severity,
    enabled,
    forSeconds: Math.round(Number(form.forMinutes) * 60),
    scope: { objects: one === null ? [] : [one, ...others], deployments: before?.scope.deployments ?? [] },
  };
}
