import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import { countDeployments, shortestQueue } from './rules.ts';

const deployment = (id: string, over: Partial<RobotDeployment>): RobotDeployment => ({
  id,
  type: 'null',
  typeVersion: 1,
  region: 'us:cali',
  description: '',
  addons: [],
  queueLength: 0,
  online: true,
  lockedOut: false,
  instancesSoFar: 0,
  createdAt: null,
  ...over,
});
const all = [
  deployment('misty', { type: 'fixed_misty2', queueLength: 2 }),
  deployment('far', { type: 'fixed_misty2', region: 'us:mass', queueLength: 1 }),
  deployment('off', { type: 'fixed_misty2', online: false }),
  deployment('locked', { type: 'basic_kobuki', lockedOut: true }),
  deployment('unread', { type: 'basic_kobuki', queueLength: null, online: null }),
];
describe('what can be booked', () => {
  it('is neither offline nor locked out; the shortest queue wins', () => {
    expect(shortestQueue(all, 'fixed_misty2')?.id).toBe('far');
    expect(shortestQueue(all, 'nothing')).toBeNull();
  });

  it('is counted only where it is known', () => {
    expect(countDeployments(all)).toEqual({ deployments: 5, online: 3, free: 0 });
    expect(countDeployments([deployment('free', {})])).toEqual({ deployments: 1, online: 1, free: 1 });
  });
});
