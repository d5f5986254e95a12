import { expect, it } from 'vitest';

import { functionContainer } from '../../../testing/builders/claims.ts';
import { poolOf } from './service.ts';

const instance = (id: string, state: string, readyState = 'active', containerId = 'f') => ({
  id,
  state,
  readyState,
  containerId,
});

it('tells our instances from others’, and counts as idle only what can be claimed', () => {
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
  expect(poolOf(functionContainer(), instances, claims)).toMatchObject({
    instances: 7,
    ours: 1,
    others: 1,
    idle: 2,
  });
});
