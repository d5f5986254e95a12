import { countInstances, countParts } from '@cyclorama/shared/rules/counts.ts';
import { wellBeingOfContainer } from '@cyclorama/shared/rules/well-being.ts';
import type { NodeKind, NodeOf } from '@cyclorama/shared/topology.ts';
import { expect, it } from 'vitest';

import { bodyOf, environmentBench } from '../environment.fixture.ts';

const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

it.each(['healthy', 'degraded', 'empty', 'odd-names', 'queue-full'])(
  'the overview of %s adds up, and counts what the lists and the picture count from the topology',
  async (scenario) => {
    const bench = await environmentBench({ scenario });
    try {
      const service = await bench.serveRead();
      const { nodes } = bodyOf(service);
      const seen = await service.overview();
      const ofKind = <K extends NodeKind>(kind: K): NodeOf<K>[] =>
        nodes.filter((node): node is NodeOf<K> => node.kind === kind);
      const instances = ofKind('instance');
      const containers = ofKind('container').map((container) => ({
        container,
        own: instances.filter(({ containerId }) => containerId === container.id),
      }));

      for (const { total, byState } of [seen.instances, seen.containers, seen.virtualMachines])
        expect(sum(byState)).toBe(total);
      expect(seen.instances).toEqual(countInstances(instances));
      expect(seen.containers).toEqual(
        countParts(containers.map(({ container, own }) => wellBeingOfContainer(container, own).state)),
      );
      expect(
        sum(Object.fromEntries(containers.map(({ container, own }) => [container.id, own.length]))),
      ).toBe(seen.instances.total);
      for (const { containerId, state, running, total } of seen.services) {
        const it = containers.find(({ container }) => container.id === containerId);
        if (it === undefined) throw new Error(`no container of ${containerId}`);
        expect({ state, running, total }).toEqual({
          state: wellBeingOfContainer(it.container, it.own).state,
          running: countInstances(it.own).byState.running ?? 0,
          total: it.own.length,
        });
      }
      expect(seen.urgentTotal).toBeLessThanOrEqual(seen.attentionTotal);
    } finally {
      await bench.close();
    }
  },
);
