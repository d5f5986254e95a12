import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { InstanceDetail, Task } from '@cyclorama/shared/environment.ts';

import { live } from './common.ts';
import { instance } from './topology.ts';

export const task = (over: Partial<Task> = {}): Task => ({
  id: 't1',
  instanceId: 'i1',
  containerId: 'c1',
  action: 'stop',
  requestedBy: 'ada',
  state: 'sent',
  requestedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  failure: null,
  ...over,
});

export const instanceDetail = (over: Partial<InstanceDetail> = {}): InstanceDetail => ({
  freshness: live,
  instance: instance('i1', 'c1', { name: 'api-1' }),
  container: null,
  server: null,
  ips: [],
  networks: [],
  macAddress: null,
  purgeAt: null,
  restartsInDay: 0,
  createdAt: null,
  task: null,
  ...over,
});

export const activityEntry = (over: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: 1,
  at: '2026-01-01T00:00:00Z',
  actor: 'ada',
  action: 'instance.stop',
  subject: { kind: 'instance', id: 'i1', name: 'api-1' },
  outcome: 'started',
  detail: null,
  way: 'vpn',
  intent: null,
  before: null,
  after: null,
  origin: null,
  ...over,
});
