import { expect, it } from 'vitest';

import { kindOf } from '../measures.rules.ts';
import { severalOf } from '../several.rules.ts';
import { fileNameOf } from './chart.ts';
import { chartCsv, severalCsv } from './csv.rules.ts';

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

it('has the lowest and the highest of each point beside its mean', () => {
  const [one] = chart.shown;
  const wide = { ...one, lows: { memory: [512, null, 0.25] }, highs: { memory: [4096, null, 1] } };
  const lines = chartCsv({
    ...chart,
    shown: [{ ...memory('a', 'web-1', [1024, null, 0.5]), ...wide }],
  }).split('\r\n');
  expect(lines.slice(0, 3)).toEqual([
    'time,web-1: Memory (bytes),"web-1, lowest: Memory (bytes)","web-1, highest: Memory (bytes)","web-1, yesterday: Memory (bytes)"',
    '1970-01-01T00:16:40.000Z,1024,512,4096,7',
    '1970-01-01T00:16:50.000Z,,,,8',
  ]);
});

it('has several measures of one thing as they were measured, each with its unit', () => {
  const series = { id: 'a', name: 'web-1', values: { cpu: [5, null, 50], memory: [1024, 1, 2] } };
  const kinds = [kindOf('cpu'), kindOf('memory')];
  const { answer } = chart;
  expect(
    severalCsv({ name: 'web-1', series, kinds, several: severalOf(series, kinds), answer }).split('\r\n'),
  ).toEqual([
    'time,web-1: CPU (% of one core),web-1: Memory (bytes)',
    '1970-01-01T00:16:40.000Z,5,1024',
    '1970-01-01T00:16:50.000Z,,1',
    '1970-01-01T00:17:00.000Z,50,2',
    '',
  ]);
});

it('has a name that every system takes', () => {
  expect(fileNameOf('Memory', chart.name, chart.answer.from)).toBe('memory-web-api-19700101T001640Z');
});
