import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo, Suspense, useMemo } from 'react';

import { lazyPart } from '../../../../ui/lazy-part.ts';
import { Panel } from '../../../../ui/panel.tsx';
import type { MarkGroup } from '../../marks/rules.ts';
import { readings } from '../../rules.ts';
import { severalExports } from '../export/exports.ts';
import type { ChartKind } from '../measures.rules.ts';
import { axisText, severalOf, titlesOf } from '../several.rules.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { SeriesSwatch } from './SeriesSwatch.tsx';

// Lazy: the chart library is one of the page's largest dependencies.
const SeveralChart = lazyPart(() => import('./SeveralChart.tsx'), 'SeveralChart');

type SeveralPanelProps = {
  kinds: ChartKind[];
  /** Of what the chart is. */
  name: string;
  answer: TelemetryResponse;
  shown: Series[];
  height: number;
  group: string;
  groups: readonly MarkGroup[];
  onZoom?: ((from: number, to: number) => void) | undefined;
};

/** Several measures in one chart, of one thing: of more the lines could not be told apart. */
export const SeveralPanel = memo(function SeveralPanel(props: SeveralPanelProps) {
  const { kinds, name, answer, shown, height, group, groups, onZoom } = props;
  const [only, second] = shown;
  const several = useMemo(() => (only === undefined ? null : severalOf(only, kinds)), [only, kinds]);
  const title = titlesOf(kinds);
  if (several === null || only === undefined) return null;
  if (second !== undefined) {
    return (
      <Panel title={title} className="lg:col-span-2">
        <p className="text-muted">
          Measures are drawn in one chart for one line only. Hide the others, or choose the sum, mean or
          highest.
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      className="lg:col-span-2"
      actions={<ExportMenu chart={severalExports({ name, series: only, kinds, several, answer })} />}
    >
      <Suspense fallback={<div style={{ height }} />}>
        <SeveralChart
          several={several}
          answer={answer}
          height={height}
          group={group}
          groups={groups}
          onZoom={onZoom}
        />
      </Suspense>
      <div className="overflow-auto">
        <table className="w-full text-xs">
          <caption className="sr-only">{`${title}: latest, mean and highest value`}</caption>
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 text-left font-medium">
                Measure
              </th>
              {['Latest', 'Mean', 'Highest'].map((head) => (
                <th key={head} scope="col" className="w-[18%] py-1 text-right font-medium">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {several.lines.map((line) => {
              const [reading] = readings([only], line.kind.measure);
              return (
                <tr key={line.kind.measure} className="border-t border-line">
                  <th scope="row" className="py-1 text-left font-normal">
                    <span className="flex flex-wrap items-center gap-x-2">
                      <SeriesSwatch style={line.style} />
                      {line.kind.title}
                      <span className="text-muted">{axisText(line, several)}</span>
                    </span>
                  </th>
                  <td className="text-right">{line.kind.format(reading?.latest ?? null)}</td>
                  <td className="text-right">{line.kind.format(reading?.mean ?? null)}</td>
                  <td className="text-right">{line.kind.format(reading?.max ?? null)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
});
