import { fetchedPart } from '../../../../lib/fetched-part.ts';
import { titlesOf } from '../several.rules.ts';
import { fileNameOf, titleOf } from './chart.ts';
import type { ExportedChart, SeveralExport } from './chart.ts';
import type { Drawn } from './drawn.rules.ts';

/** What of a chart can be taken elsewhere; its makers are loaded when they are needed. */
export type Exports = {
  title: string;
  /** Without an ending. */
  fileName: string;
  range: { from: number; to: number };
  csv: () => Promise<string>;
  drawn: () => Promise<Drawn>;
};

export function seriesExports(chart: ExportedChart): Exports {
  const title = titleOf(chart.kind.title, chart.name);
  return {
    title,
    fileName: fileNameOf(chart.kind.title, chart.name, chart.answer.from),
    range: chart.answer,
    csv: async () => (await fetchedPart(() => import('./csv.rules.ts'))).chartCsv(chart),
    drawn: async () => (await fetchedPart(() => import('./drawn.rules.ts'))).drawnOf(chart),
  };
}

export function severalExports(chart: SeveralExport): Exports {
  const titles = titlesOf(chart.kinds);
  return {
    title: titleOf(titles, chart.name),
    fileName: fileNameOf(titles, chart.name, chart.answer.from),
    range: chart.answer,
    csv: async () => (await fetchedPart(() => import('./csv.rules.ts'))).severalCsv(chart),
    drawn: async () => (await fetchedPart(() => import('./drawn.rules.ts'))).drawnSeveral(chart),
  };
}
