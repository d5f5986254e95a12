import { describe, expect, it } from 'vitest';

import { robotDeployment } from '../../../testing/builders/robots.ts';
import { countDeployments, shortestQueue } from './rules.ts';

const all = [
  robotDeployment({ id: 'misty', type: 'fixed_misty2', queueLength: 2 }),
  robotDeployment({ id: 'far', type: 'fixed_misty2', region: 'us:mass', queueLength: 1 }),
  robotDeployment({ id: 'off', type: 'fixed_misty2', online: false }),
  robotDeployment({ id: 'locked', type: 'basic_kobuki', lockedOut: true }),
  robotDeployment({ id: 'unread', type: 'basic_kobuki', queueLength: null, online: null }),
];
describe('what can be booked', () => {
  it('is neither offline nor locked out; the shortest queue wins', () => {
    expect(shortestQueue(all, 'fixed_misty2')?.id).toBe('far');
    expect(shortestQueue(all, 'nothing')).toBeNull();
  });

  it('is counted only if it is known', () => {
    expect(countDeployments(all)).toEqual({ deployments: 5, online: 3, free: 0 });
    expect(countDeployments([robotDeployment()])).toEqual({ deployments: 1, online: 1, free: 1 });
  });
});
