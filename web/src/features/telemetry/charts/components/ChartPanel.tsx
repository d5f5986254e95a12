import { Suspense, memo } from 'react';

import { lazyPart } from '../../../../ui/lazy-part.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { isMeasured } from '../../rules.ts';
import { seriesExports } from '../export/exports.ts';
import { isDense } from '../plot.rules.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { ReadingsTable } from './ReadingsTable.tsx';
import type { SeriesChartProps } from './SeriesChart.tsx';

// Lazy: the chart libraries are the page's largest dependencies.
const DenseChart = lazyPart(() => import('./DenseChart.tsx'), 'DenseChart');
const SeriesChart = lazyPart(() => import('./SeriesChart.tsx'), 'SeriesChart');

type ChartPanelProps = SeriesChartProps & {
  /** Of what the chart is. */
  name: string;
};

export const ChartPanel = memo(function ChartPanel({ name, ...props }: ChartPanelProps) {
  const { kind, answer, shown, styles, height, earlier } = props;
  const isSeen = isMeasured({ series: shown }, kind.measure);
  const Chart = isDense(shown.length, answer.times.length) ? DenseChart : SeriesChart;
  return (
    <Panel
      title={kind.title}
      actions={
        <>
          <span className="text-xs text-muted">{kind.unit}</span>
          {isSeen && <ExportMenu chart={seriesExports({ kind, name, answer, shown, styles, earlier })} />}
        </>
      }
    >
      {isSeen ? (
        <Suspense fallback={<div style={{ height }} />}>
          <Chart {...props} />
        </Suspense>
      ) : (
        <p className="flex items-center justify-center text-muted" style={{ height }}>
          No samples in this range
        </p>
      )}
      <ReadingsTable kind={kind} series={shown} styles={styles} earlier={earlier} />
    </Panel>
  );
});
