import { describe, expect, it } from 'vitest';

import { failed, instance, smallTopology } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';

describe('buildGraph', () => {
  it('tells service, function and plain nodes apart and carries the state as it is shown', () => {
    const { byId } = buildGraph({ nodes: smallTopology });
    expect(byId.get('vpn')?.part).toBe('service');
    expect(byId.get('fn-1')?.part).toBe('function');
    expect(byId.get('web-2')?.visual).toEqual({ shape: 'square', tone: 'danger', label: 'Failed' });
    expect(byId.get('ams')?.visual).toBeNull();
  });

  it('keeps node objects and the structure number where only a state changes', () => {
    const before = buildGraph({ nodes: smallTopology });
    const nodes = smallTopology.map((node) =>
      node.id === 'web-10'
        ? instance('web-10', 'web', { serverId: 's2', locationId: 'osa', ...failed })
        : node,
    );
    const after = buildGraph({ nodes }, before);
    expect(after.structure).toBe(before.structure);
    expect(after.byId.get('web-2')).toBe(before.byId.get('web-2'));
    expect(after.byId.get('web-10')?.visual?.label).toBe('Failed');
  });

  it.each([
    ['comes', [...smallTopology, instance('web-3', 'web')]],
    ['goes', smallTopology.slice(1)],
    ['moves', smallTopology.map((node) => (node.id === 'web-2' ? instance('web-2', 'fn') : node))],
  ])('raises the structure number when a node %s', (_, nodes) => {
    const before = buildGraph({ nodes: smallTopology });
    expect(buildGraph({ nodes }, before).structure).toBe(before.structure + 1);
  });
});
