import type { Booking } from '@cyclorama/shared/robots.ts';

/** A booking to which nothing has happened yet, but for what `over` says. */
export const bookingOf = (over: Partial<Booking> & Pick<Booking, 'state'>): Booking => ({
  id: 'b',
  owner: 'ada',
  deploymentId: null,
  type: 't',
  region: null,
  instanceId: null,
  requestedAt: '2026-01-01T12:00:00Z',
  startedAt: null,
  endsAt: null,
  endedAt: null,
  vpn: false,
  terminationRequested: false,
  connection: null,
  failure: null,
  ...over,
});
