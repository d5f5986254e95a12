import { countRobots } from '@cyclorama/shared/rules/deployments.ts';
import { describe, expect, it } from 'vitest';

import { robotDeployment } from '../../../testing/builders/robots.ts';
import { shortestQueue } from './rules.ts';

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

  it('counts each robot once, also one we hold that went offline or is locked out', () => {
    const busy = robotDeployment({ id: 'busy', type: 'basic_kobuki', queueLength: 1 });
    const free = robotDeployment({ id: 'free', type: 'basic_kobuki', queueLength: 0 });
    expect(countRobots([...all, busy, free], new Set(['far', 'off', 'gone']))).toEqual({
      deployments: 7,
      ours: 2,
      free: 1,
      heldByOthers: 2,
      unavailable: 1,
      unknown: 1,
    });
    const online = robotDeployment({ lockedOut: true });
    expect(countRobots([online], new Set())).toMatchObject({ heldByOthers: 0, unavailable: 1 });
  });
});
