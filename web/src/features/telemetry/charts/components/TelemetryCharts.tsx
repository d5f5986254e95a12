import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo, useDeferredValue, useMemo } from 'react';

import { formatDuration } from '../../../../lib/units.ts';
import type { Earlier } from '../../earlier.rules.ts';
import { MarkList } from '../../marks/components/MarkList.tsx';
import { groupMarks } from '../../marks/rules.ts';
import { useMarks } from '../../marks/use-marks.ts';
import { useNameOf } from '../../queries.ts';
import type { Target } from '../../queries.ts';
import { idsIn, toggledIn } from '../../rules.ts';
import { useTelemetryView } from '../../search.ts';
import { bandOf } from '../band.rules.ts';
import { chartKinds } from '../measures.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import { mostStyles, seriesStyles } from '../series-style.rules.ts';
import { shownSeries } from '../shown-series.rules.ts';
import { ChartPanel } from './ChartPanel.tsx';
import { Legend } from './Legend.tsx';
import { NotMeasured } from './NotMeasured.tsx';
import { SeveralPanel } from './SeveralPanel.tsx';

type TelemetryChartsProps = {
  answer: TelemetryResponse;
  /** Whose events are marked. */
  target: Target;
  /** Charts of one group share a crosshair. */
  group: string;
  earlier?: Earlier | null;
  kinds?: ChartKind[];
  /** Drawn in one chart too, where they are two or more. */
  several?: ChartKind[];
  height?: number;
  onZoom?: (from: number, to: number) => void;
};

const NONE: ChartKind[] = [];

export const TelemetryCharts = memo(function TelemetryCharts(props: TelemetryChartsProps) {
  const { group, target, earlier = null, kinds = chartKinds, several = NONE, height = 200, onZoom } = props;
  // Deferred: drawing six charts of twenty series must not delay input.
  const answer = useDeferredValue(props.answer);
  const [{ toggled: list }, setSearch] = useTelemetryView();
  const nameOf = useNameOf();
  const toggled = useMemo(() => new Set(idsIn(list)), [list]);
  const shown = useMemo(() => shownSeries(answer.series, toggled), [answer.series, toggled]);
  const styles = useMemo(() => stylesFor(answer.series, shown), [answer.series, shown]);
  const marks = useMarks(target, answer);
  const groups = useMemo(() => groupMarks(marks, answer), [marks, answer]);
  const toggle = (id: string) => setSearch((before) => ({ toggled: toggledIn(before.toggled, id) }));
  return (
    <>
      <NotMeasured {...answer} />
      {answer.series.length > 1 && (
        <Legend series={answer.series} shown={shown} styles={styles} onToggle={toggle} />
      )}
      <MarkList marks={marks} />
      {earlier !== null && (
        <p className="text-xs text-muted">
          {earlier.series.length === 0
            ? `No samples of ${earlier.word}.`
            : `Paler lines: the same time ${earlier.word}.`}
        </p>
      )}
      {kinds.some(({ measure }) => bandOf(shown, measure) !== null) && (
        <p className="text-xs text-muted">
          Lines are means of {formatDuration(answer.stepMs)}; the shade behind reaches from the lowest to the
          highest.
        </p>
      )}
      {answer.series.length > 0 && (
        <div className="grid gap-3 lg:grid-cols-2">
          {several.length > 1 && (
            <SeveralPanel
              kinds={several}
              name={nameOf(target.id)}
              answer={answer}
              shown={shown}
              height={height}
              group={group}
              groups={groups}
              onZoom={onZoom}
            />
          )}
          {kinds.map((kind) => (
            <ChartPanel
              key={kind.measure}
              kind={kind}
              name={nameOf(target.id)}
              answer={answer}
              shown={shown}
              styles={styles}
              height={height}
              group={group}
              groups={groups}
              earlier={earlier}
              onZoom={onZoom}
            />
          ))}
        </div>
      )}
    </>
  );
});

/**
 * Styles are assigned among all series, so that hiding one doesn't change the others; among the shown ones when there
 * are too many.
 */
function stylesFor(series: Series[], shown: Series[]) {
  return seriesStyles((series.length <= mostStyles ? series : shown).map(({ id }) => id));
}
