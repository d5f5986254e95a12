import { describe, expect, it } from 'vitest';

import { container, instance } from '../../../../testing/builders/topology.ts';
import { buildGraph } from './build.ts';
import { fillFor } from './fills.ts';
import type { FillBy } from './fills.ts';

const now = Date.parse('2026-03-10T00:00:00Z');
const graph = buildGraph({
  nodes: [
    container('web'),
    instance('new', 'web', { startedAt: '2026-03-09T23:30:00Z', deployment: 'v2' }),
    instance('old', 'web', { startedAt: '2026-01-01T00:00:00Z', deployment: 'v1' }),
    instance('third', 'web', { startedAt: '2026-03-05T00:00:00Z', deployment: 'v2' }),
    instance('idle', 'web'),
  ],
});
const classesBy = (by: FillBy, values = new Map<string, number>()) => {
  const fill = fillFor(by, graph, { values, now });
  return Object.fromEntries(
    graph.nodes.map((node) => {
      const at = fill?.classOf(node) ?? -1;
      return [node.id, at === 0 ? fill?.without : fill?.classes[at - 1]?.label];
    }),
  );
};

describe('what the fill of a cell shows', () => {
  it('is its state without a choice', () => {
    expect(fillFor('state', graph, { values: new Map(), now })).toBeNull();
  });

  it('its age, and that it never started', () => {
    expect(classesBy('age')).toMatchObject({
      new: 'under 1 h',
      third: '1–7 d',
      old: '30 d and more',
      idle: 'not started',
      web: 'not started',
    });
  });

  it('its version, the most frequent first', () => {
    expect(classesBy('version')).toMatchObject({ new: 'v2', third: 'v2', old: 'v1', idle: 'no version' });
    expect(fillFor('version', graph, { values: new Map(), now })?.classes.map(({ label }) => label)).toEqual([
      'v2',
      'v1',
    ]);
  });

  it('versions beyond seven share a colour', () => {
    const nodes = Array.from({ length: 10 }, (_, at) => instance(`i${at}`, 'web', { deployment: `v${at}` }));
    const fill = fillFor('version', buildGraph({ nodes }), { values: new Map(), now });
    expect(fill?.classes.map(({ label }) => label).slice(-2)).toEqual(['v6', '3 others']);
  });

  it('what it uses, at the bounds too, and that it is not measured', () => {
    const values = new Map([
      ['new', 9.9],
      ['old', 10],
      ['third', 80],
    ]);
    expect(classesBy('cpu', values)).toMatchObject({
      new: 'under 10 % of a core',
      old: '10–25 %',
      third: '80 % and more',
      idle: 'not measured',
    });
    expect(classesBy('memory', new Map([['new', 2_147_483_648]]))).toMatchObject({ new: '1–4 GiB' });
  });
});
