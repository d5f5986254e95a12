import { expect, it } from 'vitest';

import { telemetry } from '../../../testing/builders/telemetry.ts';
import { together } from './together.rules.ts';

const answer = telemetry({
  times: [0, 10, 20],
  series: [
    { id: 'a', name: 'a', values: { cpu: [10, null, null], memory: [1, 2, 3] } },
    { id: 'b', name: 'b', values: { cpu: [30, 50, null] } },
  ],
});
const web = { id: 'web', name: 'Web' };

it.each([
  ['sum', [40, 50, null], [1, 2, 3]],
  ['mean', [20, 50, null], [1, 2, 3]],
  ['max', [30, 50, null], [1, 2, 3]],
] as const)('%s passes over what was not measured', (by, cpu, memory) => {
  const { series, times } = together(answer, web, by);
  expect(series).toEqual([{ ...web, values: { cpu, memory } }]);
  expect(times).toBe(answer.times);
});

it('ends where some have not told yet, rather than fall', () => {
  const [one] = together({ ...answer, settledTo: 10 }, web, 'sum').series;
  expect(one?.values).toEqual({ cpu: [40, null, null], memory: [1, null, null] });
});

it('stays empty where no instance was measured', () => {
  expect(together(telemetry({ series: [] }), web, 'sum').series).toEqual([]);
});
