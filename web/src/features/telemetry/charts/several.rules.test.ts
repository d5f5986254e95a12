import { expect, it } from 'vitest';

import { kindOf } from './measures.rules.ts';
import { axisText, kindsIn, severalOf, titlesOf } from './several.rules.ts';

const MIB = 1024 ** 2;
const values = {
  cpu: [5, null, 40],
  memory: [MIB, 3 * MIB, null],
  receive: [2048, 1024, 0],
  transmit: [0, 4096, 1024],
  processes: [0, 0, 0],
};
const kinds = (...measures: (keyof typeof values)[]) => measures.map((measure) => kindOf(measure));

it('takes the charts’ measures from the address, each once and in their order', () => {
  expect(kindsIn('memory,cpu,cpu,nonsense,swap').map(({ measure }) => measure)).toEqual(['cpu', 'memory']);
  expect(kindsIn(undefined)).toEqual([]);
});

it('gives each of two units an axis', () => {
  const several = severalOf({ values }, kinds('cpu', 'memory'));
  expect(several.left).toMatchObject({ ticks: [0, 10, 20, 30, 40], top: 40 });
  expect(several.right).toMatchObject({ ticks: [0, 1, 2, 3].map((at) => at * MIB), top: 3 * MIB });
  expect(several.lines.map((line) => [line.side, line.drawn, axisText(line, several)])).toEqual([
    ['left', values.cpu, '% of one core, left axis'],
    ['right', values.memory, 'bytes, right axis'],
  ]);
  const looks = several.lines.map(({ style }) => style);
  expect(new Set(looks.map(({ color }) => color)).size, 'by colour').toBe(2);
  expect(new Set(looks.map(({ dash }) => dash)).size, 'and without').toBe(2);
});

it('draws those of one unit on one axis', () => {
  const several = severalOf({ values }, kinds('receive', 'transmit'));
  expect(several.right).toBeNull();
  expect(several.left.top).toBe(4096);
  expect(several.lines.map((line) => axisText(line, several))).toEqual([
    'bytes per second',
    'bytes per second',
  ]);
});

it('draws more units as per cent of each one’s highest, and what never was more than 0 at 0', () => {
  const several = severalOf({ values }, kinds('cpu', 'memory', 'processes'));
  expect(several).toMatchObject({ right: null, isShare: true, left: { top: 100 } });
  expect(several.lines.map(({ drawn }) => drawn)).toEqual([
    [12.5, null, 100],
    [100 / 3, 100, null],
    [0, 0, 0],
  ]);
  expect(several.lines[0]?.values).toEqual(values.cpu);
});

it('is named by all', () => {
  expect(titlesOf(kinds('cpu', 'memory', 'processes'))).toBe('CPU, Memory and Processes');
  expect(titlesOf(kinds('cpu'))).toBe('CPU');
});
