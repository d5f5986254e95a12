import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { memo, useDeferredValue, useMemo, useState } from 'react';

import { chartKinds } from '../measures.rules.ts';
import type { ChartKind } from '../measures.rules.ts';
import { mostStyles, seriesStyles } from '../series-style.rules.ts';
import { shownSeries } from '../shown-series.rules.ts';
import { ChartPanel } from './ChartPanel.tsx';
import { Legend } from './Legend.tsx';
import { NotMeasured } from './NotMeasured.tsx';

type TelemetryChartsProps = {
  answer: TelemetryResponse;
  /** Names what the charts share their crosshair over. */
  group: string;
  kinds?: ChartKind[];
  height?: number;
  onZoom?: (from: number, to: number) => void;
};

/** The charts over one time range, with the legend they share and what is not in them. */
export const TelemetryCharts = memo(function TelemetryCharts(props: TelemetryChartsProps) {
  const { group, kinds = chartKinds, height = 200, onZoom } = props;
  // Six charts of twenty series are drawn in turns, so that a new sample never holds up a key press.
  const answer = useDeferredValue(props.answer);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => shownSeries(answer.series, toggled), [answer.series, toggled]);
  const styles = useMemo(() => stylesFor(answer.series, shown), [answer.series, shown]);
  const toggle = (id: string) => {
    const next = new Set(toggled);
    if (!next.delete(id)) next.add(id);
    setToggled(next);
  };
  return (
    <>
      <NotMeasured ids={answer.notMeasured} />
      {answer.series.length > 1 && (
        <Legend series={answer.series} shown={shown} styles={styles} onToggle={toggle} />
      )}
      {answer.series.length > 0 && (
        <div className="grid gap-3 lg:grid-cols-2">
          {kinds.map((kind) => (
            <ChartPanel
              key={kind.measure}
              kind={kind}
              answer={answer}
              shown={shown}
              styles={styles}
              height={height}
              group={group}
              onZoom={onZoom}
            />
          ))}
        </div>
      )}
    </>
  );
});

/** Looks among all series, so that taking one out changes no other's; among the shown where there are too many for that. */
function stylesFor(series: Series[], shown: Series[]) {
  return seriesStyles((series.length <= mostStyles ? series : shown).map(({ id }) => id));
}
