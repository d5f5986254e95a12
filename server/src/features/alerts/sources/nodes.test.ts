import { expect, it } from 'vitest';

import { domainNode, instanceNode } from '../alerts.fixture.ts';
import { createNodeSource } from './nodes.ts';

const NOW = Date.parse('2026-11-30T10:00:00.000Z');
const ahead = '2026-11-30T10:05:00.000Z';
const asked = { scope: { objects: [], names: [], deployments: [] }, now: NOW };

it('sees a state that began by an upstream’s clock ahead of ours', async () => {
  const ill = instanceNode('i1', { health: 'unhealthy', healthSince: ahead });
  const { matches } = await createNodeSource<'instance-state'>(() => [ill]).look({
    ...asked,
    condition: { kind: 'instance-state', is: 'unhealthy' },
  });
  expect(matches.map(({ id }) => id)).toEqual(['i1']);
});

it('sees a certificate only from the day on that the rule names', async () => {
  const nodes = [
    domainNode('soon', '2026-12-05T00:00:00.000Z'),
    domainNode('later', '2027-03-01T00:00:00.000Z'),
  ];
  const { matches } = await createNodeSource<'certificate'>(() => nodes).look({
    ...asked,
    condition: { kind: 'certificate', daysLeft: 14 },
  });
  expect(matches.map(({ id }) => id)).toEqual(['soon']);
});
