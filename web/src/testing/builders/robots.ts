import type { RobotAccount } from '@cyclorama/shared/robot-access.ts';
import type { DeploymentDetail } from '@cyclorama/shared/robot-fleet.ts';
import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';

import { live } from './common.ts';

export const misty = '82051afa-b331-4b82-8bd4-9eea9ad78241';

export const deployment = (over: Partial<RobotDeployment> = {}): RobotDeployment => ({
  id: misty,
  type: 'fixed_misty2',
  typeVersion: 1,
  region: 'us:cali',
  description: '',
  addons: [],
  queueLength: 0,
  online: true,
  lockedOut: false,
  instancesSoFar: 1,
  createdAt: null,
  ...over,
});

export const deploymentDetail = (over: Partial<DeploymentDetail> = {}): DeploymentDetail => ({
  freshness: live,
  deployment: deployment(),
  forecast: null,
  queueHistory: { times: [], lengths: [] },
  bookings: [],
  watching: false,
  ...over,
});

export const booking = (over: Partial<Booking> = {}): Booking => ({
  id: 'b1',
  owner: 'ada',
  deploymentId: misty,
  type: 'fixed_misty2',
  region: null,
  state: 'requested',
  instanceId: null,
  requestedAt: '2026-03-26T09:15:00Z',
  startedAt: null,
  endsAt: null,
  endedAt: null,
  vpn: false,
  terminationRequested: false,
  connection: null,
  failure: null,
  ...over,
});

export const connection = (over: Partial<NonNullable<Booking['connection']>> = {}) => ({
  host: '10.0.0.1',
  port: 2210,
  user: 'root' as const,
  command: 'ssh -p 2210 root@10.0.0.1',
  hostKeys: [],
  ...over,
});

export const readyBooking = (over: Partial<Booking> = {}): Booking =>
  booking({
    state: 'ready',
    instanceId: 'i1',
    startedAt: '2026-03-26T09:16:00Z',
    connection: connection(),
    ...over,
  });

export const robotAccount = (over: Partial<RobotAccount> = {}): RobotAccount => ({
  tokenFrom: 'configured',
  tokenWorks: true,
  tokenSha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  userName: 'team',
  expiresAt: null,
  ...over,
});
