import { expect, it } from 'vitest';

import { unclaimedInstances } from './adopt.rules.ts';

it('offers what is up and held by no claim here', () => {
  const instances = [
    { id: 'a', state: { current: 'running' } },
    { id: 'b', state: { current: 'running' } },
    { id: 'c', state: { current: 'stopped' } },
    { id: 'd', state: { current: 'starting' } },
  ];
  const claims = [{ instanceId: 'a' }, { instanceId: null }];
  expect(unclaimedInstances(instances, claims).map(({ id }) => id)).toEqual(['b', 'd']);
});
