import { expect, it } from 'vitest';

import { kindOf } from '../measures.rules.ts';
import { fileNameOf } from './chart.ts';
import { chartCsv } from './csv.rules.ts';

const memory = (id: string, name: string, values: (number | null)[]) => ({
  id,
  name,
  values: { memory: values },
});
const chart = {
  kind: kindOf('memory'),
  name: 'Web & “API”',
  answer: { from: 1_000_000, to: 1_030_000, times: [1_000_000, 1_010_000, 1_020_000] },
  shown: [memory('a', 'web-1', [1024, null, 0.5]), memory('b', '=cmd, "x"', [1, 2, 3])],
  styles: new Map(),
  earlier: {
    word: 'yesterday',
    series: [memory('a', 'web-1', [7, 8, 9]), memory('hidden', 'web-9', [1, 1, 1])],
  },
};

it('has the unit in each column’s name, times in ISO 8601 and an empty cell for a gap', () => {
  expect(chartCsv(chart).split('\r\n')).toEqual([
    `time,web-1: Memory (bytes),"'=cmd, ""x"": Memory (bytes)","web-1, yesterday: Memory (bytes)"`,
    '1970-01-01T00:16:40.000Z,1024,1,7',
    '1970-01-01T00:16:50.000Z,,2,8',
    '1970-01-01T00:17:00.000Z,0.5,3,9',
    '',
  ]);
});

it('has a name that every system takes', () => {
  expect(fileNameOf(chart)).toBe('memory-web-api-19700101T001640Z');
});
