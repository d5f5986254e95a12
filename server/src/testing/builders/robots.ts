import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import type { Reservation, RobotInstance } from '../../upstream/rerobots/client.ts';

export const robotDeployment = (over: Partial<RobotDeployment> = {}): RobotDeployment => ({
  id: 'd1',
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

export const robotInstance = (over: Partial<RobotInstance> = {}): RobotInstance => ({
  id: 'u1',
  deploymentId: 'd1',
  status: 'INIT',
  type: 'null',
  region: 'us:cali',
  startedAt: 101_000,
  endedAt: null,
  expiresAt: null,
  address: null,
  hostKeys: [],
  hasVpn: false,
  ...over,
});

export const reservation = (over: Partial<Reservation> = {}): Reservation => ({
  id: 'u1',
  deploymentId: 'd1',
  type: null,
  createdAt: 100_000,
  ...over,
});
