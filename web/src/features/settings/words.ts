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
