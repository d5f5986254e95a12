import { NO_VALUE } from '../../lib/units.ts';

export const SERVICE_NAMES: Record<string, string> = {
  loadbalancer: 'Load balancer',
  discovery: 'Discovery',
  vpn: 'VPN',
  scheduler: 'Function scheduler',
  gateway: 'Gateway',
};

/** Null: Cycle does not say. */
export function yesNo(value: boolean | null, [yes, no]: [string, string] = ['Yes', 'No']): string {
  return value === null ? NO_VALUE : value ? yes : no;
}

export const onOff = (value: boolean | null): string => yesNo(value, ['On', 'Off']);

export const LB_TYPES: Record<string, string> = {
  default: 'Cycle’s default',
  v1: 'Cycle’s own (v1)',
  haproxy: 'HAProxy',
};

export const ROUTER_MODES: Record<string, string> = {
  random: 'an instance at random',
  'round-robin': 'instances in turn',
  'source-ip': 'the same instance for an address',
};

/** `container.start` → "Container start"; `task` only says that it was asked for as a job. */
export function hubEventLabel(event: string): string {
  const words = event
    .split(/[.-]/)
    .filter((word) => word !== 'task')
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Words of the state marks, by the status of an activity ("Cycle public API"). */
export const hubOutcomes: Readonly<Record<string, string>> = {
  success: 'done',
  request: 'started',
  error: 'failed',
};

const HUB_USERS: Readonly<Record<string, string>> = {
  account: 'an account',
  'api-key': 'an API key',
  environment: 'the environment',
  platform: 'Cycle',
  'platform-pipeline': 'a pipeline',
  employee: 'Cycle’s staff',
  visitor: 'a visitor',
};

export const hubUserLabel = (kind: string): string => HUB_USERS[kind] ?? kind;
