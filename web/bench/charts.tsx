import type { Series, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';

import { DenseChart } from '../src/features/telemetry/charts/components/DenseChart.tsx';
import { SeriesChart } from '../src/features/telemetry/charts/components/SeriesChart.tsx';
import { kindOf } from '../src/features/telemetry/charts/measures.rules.ts';
import { seriesStyles } from '../src/features/telemetry/charts/series-style.rules.ts';

import '../src/styles.css';

type Chart = 'uplot' | 'recharts';

const STEP_MS = 10_000;
const HEIGHT = 300;
const charts = { uplot: DenseChart, recharts: SeriesChart };
const kind = kindOf('cpu');
let root: Root | null = null;
let show: (tick: number) => void = () => undefined;

/** Waves with noise, a series each; `tick` moves all of them by a point. */
function answerOf(count: number, points: number, tick: number): TelemetryResponse {
  const from = tick * STEP_MS;
  const valueAt = (line: number, at: number) =>
    40 + 30 * Math.sin((at + line * 97) / 180) + 9 * Math.sin(at * 12.9898 + line * 78.233);
  const series: Series[] = Array.from({ length: count }, (_, line) => ({
    id: `series-${line}`,
    name: `series-${line}`,
    values: { cpu: Array.from({ length: points }, (__, at) => valueAt(line, tick + at)) },
  }));
  return {
    freshness: { state: 'live', asOf: null, failingSince: null, reason: null },
    from,
    to: from + points * STEP_MS,
    stepMs: STEP_MS,
    intervalMs: STEP_MS,
    times: Array.from({ length: points }, (_, at) => from + at * STEP_MS),
    series,
    notMeasured: [],
    notMeasuredReason: null,
    byKey: [],
    latestAt: null,
    settledTo: from + points * STEP_MS,
  };
}

/** From the beginning of a frame to the end of its paint, in milliseconds. */
const framed = (draw: () => void): Promise<number> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const begun = performance.now();
      draw();
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(performance.now() - begun), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  });

/** For `npm run bench -- charts`. Both answer milliseconds. */
const bench = {
  first(chart: Chart, series: number, points: number): Promise<number> {
    const Chart = charts[chart];
    root?.unmount();
    const host = document.querySelector('#root');
    if (host === null) throw new Error('the page has no root');
    const made = createRoot(host);
    root = made;
    const answers = [0, 1, 2].map((tick) => answerOf(series, points, tick));
    const styles = seriesStyles(answers[0]?.series.map(({ id }) => id) ?? []);
    show = (tick) => {
      const answer = answers[tick % answers.length] ?? answerOf(series, points, tick);
      const props = { kind, answer, shown: answer.series, styles, height: HEIGHT, group: 'bench' };
      flushSync(() => made.render(<Chart {...props} groups={[]} earlier={null} onZoom={zoom} />));
    };
    return framed(() => show(0));
  },
  tick: (tick: number): Promise<number> => framed(() => show(tick)),
};
const zoom = () => undefined;

Object.assign(window, { bench });
