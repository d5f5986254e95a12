import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';
import type { Booking } from '@cyclorama/shared/robots.ts';

import { live, upstream } from '../../testing/builders/common.ts';
import { deployment, readyBooking } from '../../testing/builders/robots.ts';
import type { Sent } from '../../testing/show-page.tsx';

const deployments = [
  deployment(),
  deployment({
    id: 'b2051afa-b331-4b82-8bd4-9eea9ad78242',
    type: 'null',
    region: 'eu:berlin',
    online: false,
  }),
];

type State = { bookings?: Booking[]; usage?: UsageResponse; remaining?: number };

/** Two robots: one free, one offline. Every booking starts. */
export function robotsBff(
  { method, path }: Sent,
  { bookings = [], usage, remaining = 2900 }: State = {},
): { status?: number; body: unknown } {
  if (path.startsWith('/api/robots/usage')) return { body: usage };
  if (path.endsWith('/watch')) return { body: { watching: method === 'POST' } };
  if (path === '/api/upstreams') {
    const resetsAt = new Date(Date.now() + 600_000).toISOString();
    const budget = { limit: 3600, remaining, resetsAt };
    return { body: { upstreams: [upstream({ name: 'rerobots', label: 'rerobots', budget })] } };
  }
  if (path === '/api/robots/deployments') {
    return { body: { freshness: live, deployments, types: ['fixed_misty2', 'null'] } };
  }
  const started = readyBooking({ region: 'us:cali', state: 'starting', connection: null });
  return { body: method === 'POST' ? started : { freshness: live, bookings } };
}
