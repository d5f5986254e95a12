import { expect, it } from 'vitest';

import { functionContainer } from '../../../testing/builders/claims.ts';
import { poolOf } from './service.ts';

const instance = (id: string, state: string, readyState = 'active', containerId = 'f') => ({
  id,
  state,
  readyState,
  containerId,
});

it('counts each instance once: ours, others’, what can be claimed, and the rest', () => {
  const instances = [
    instance('ours', 'running'),
    instance('others', 'starting'),
    instance('claimed', 'stopped'),
    instance('idle', 'stopped'),
    instance('new', 'new'),
    instance('hibernating', 'stopped', 'hibernate'),
    instance('stopping', 'stopping'),
    instance('elsewhere', 'stopped', 'active', 'g'),
  ];
  const claims = [{ instance_id: 'ours' }, { instance_id: 'claimed' }, { instance_id: null }];
  expect(poolOf(functionContainer(), instances, claims, 1)).toMatchObject({
    instances: 7,
    ours: 2,
    others: 1,
    idle: 2,
    notReady: 2,
  });
});

it('lets a claim wait at every shard in turn, and knows no limit where one part of it is unknown', () => {
  const wait = (maxQueueTimeSeconds: number | null, shards: number | null) =>
    poolOf(functionContainer({ maxQueueTimeSeconds }), [], [], shards).longestWaitSeconds;
  expect([wait(8, 2), wait(8, 1), wait(0, 2), wait(null, 2), wait(8, null)]).toEqual([16, 8, 0, null, null]);
});
