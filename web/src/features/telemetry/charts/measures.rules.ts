import type { Aggregate, Measure } from '@cyclorama/shared/telemetry.ts';

import { formatBytes, formatPercent, formatRate } from '../../../lib/units.ts';

export type ChartKind = {
  measure: Measure;
  title: string;
  unit: string;
  /** Of the values as they are. */
  plainUnit: string;
  base: 'decimal' | 'binary';
  /** The scale reaches at least this far, so that tiny values don't fill the chart. */
  least: number;
  /** How instances are ranked together; a share has no sum. */
  by: Aggregate;
  format: (value: number | null) => string;
};

const count = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 10) / 10));

export const chartKinds: ChartKind[] = [
  {
    measure: 'cpu',
    title: 'CPU',
    unit: '% of one core',
    plainUnit: '% of one core',
    base: 'decimal',
    least: 10,
    by: 'sum',
    format: formatPercent,
  },
  {
    measure: 'memory',
    title: 'Memory',
    unit: 'bytes, against the limit',
    plainUnit: 'bytes',
    base: 'binary',
    least: 1024 ** 2,
    by: 'sum',
    format: formatBytes,
  },
  {
    measure: 'receive',
    title: 'Network received',
    unit: 'per second',
    plainUnit: 'bytes per second',
    base: 'binary',
    least: 1024,
    by: 'sum',
    format: formatRate,
  },
  {
    measure: 'transmit',
    title: 'Network sent',
    unit: 'per second',
    plainUnit: 'bytes per second',
    base: 'binary',
    least: 1024,
    by: 'sum',
    format: formatRate,
  },
  {
    measure: 'throttled',
    title: 'CPU throttled',
    unit: '% of periods',
    plainUnit: '% of periods',
    base: 'decimal',
    least: 10,
    by: 'max',
    format: formatPercent,
  },
  {
    measure: 'processes',
    title: 'Processes',
    unit: 'count',
    plainUnit: 'count',
    base: 'decimal',
    least: 4,
    by: 'sum',
    format: count,
  },
];

const [firstKind] = chartKinds as [ChartKind];

export const kindOf = (measure: Measure | undefined): ChartKind =>
  chartKinds.find((kind) => kind.measure === measure) ?? firstKind;

const compactMeasures: Measure[] = ['cpu', 'memory', 'receive', 'transmit'];

export const compactKinds: ChartKind[] = chartKinds.filter((kind) => compactMeasures.includes(kind.measure));
