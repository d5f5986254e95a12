import type { TopResponse } from '@cyclorama/shared/telemetry.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../../api/query-view.tsx';
import { formatBytes, formatCores, formatPercent, plural } from '../../../../lib/units.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { UsageChart } from '../../../../ui/charts/usage-chart.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Sparkline } from '../../../../ui/sparkline.tsx';
import { topQuery } from '../queries.ts';

type MeasureText = {
  title: string;
  total: (value: number | null) => string;
  each: (value: number | null) => string;
  base: 'decimal' | 'binary';
  color: string;
};

const TEXTS: Record<'cpu' | 'memory', MeasureText> = {
  cpu: {
    title: 'CPU, last hour',
    total: formatCores,
    each: formatPercent,
    base: 'decimal',
    color: 'var(--series-1)',
  },
  memory: {
    title: 'Memory, last hour',
    total: formatBytes,
    each: formatBytes,
    base: 'binary',
    color: 'var(--series-3)',
  },
};

export function BusyPanel({ measure }: { measure: 'cpu' | 'memory' }) {
  const query = useQuery(topQuery(measure));
  const text = TEXTS[measure];
  const link = (
    <Link to="/telemetry" className="text-xs text-accent-text hover:underline">
      Telemetry<span className="sr-only"> of {text.title}</span>
    </Link>
  );
  return (
    <Panel title={text.title} actions={link}>
      <div className="min-h-[252px]">
        <QueryView query={query} hidesAge loading={<output aria-label="Loading" />}>
          {(data) => <Content data={data} text={text} />}
        </QueryView>
      </div>
    </Panel>
  );
}

function Content({ data, text }: { data: TopResponse; text: MeasureText }) {
  if (data.total.every((value) => value === null)) {
    return <p className="py-6 text-center text-muted">No samples in the last hour.</p>;
  }
  const highest = data.rows.reduce(
    (most, row) => Math.max(most, ...row.values.map((value) => value ?? 0)),
    0,
  );
  return (
    <>
      <div className="flex items-start gap-4">
        <div className="w-32 shrink-0">
          <div className="text-xl font-semibold">{text.total(data.totalLatest)}</div>
          <div className="text-xs text-muted">on {plural(data.servers, 'server')}</div>
        </div>
        <div className="min-w-0 flex-1">
          <UsageChart
            times={data.times}
            values={data.total}
            color={text.color}
            base={text.base}
            format={text.total}
            height={44}
            label={`${text.title}: now ${text.total(data.totalLatest)}`}
          />
        </div>
      </div>
      <p className="mt-1 text-right text-xs text-muted">
        Busiest instances, each from 0 to {text.each(highest)}
      </p>
      <ul aria-label={`Busiest instances, ${text.title}`}>
        {data.rows.map((row) => (
          <li key={row.instanceId} className="flex h-8 items-center gap-3">
            <ResourceLink
              kind="instance"
              id={row.instanceId}
              className="min-w-0 flex-1 truncate hover:underline"
            >
              {row.name}
            </ResourceLink>
            <div className="h-5 w-28 shrink-0">
              <Sparkline
                values={row.values}
                color={text.color}
                max={highest}
                label={`${row.name}, last hour`}
              />
            </div>
            <span className="w-20 shrink-0 text-right">{text.each(row.latest)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
