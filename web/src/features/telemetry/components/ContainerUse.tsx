import type { TopContainersResponse } from '@cyclorama/shared/telemetry.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import type { TimeSpan } from '../../../lib/time-range.ts';
import { plural } from '../../../lib/units.ts';
import { UsageChart } from '../../../ui/charts/usage-chart.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import type { ChartKind } from '../charts/measures.rules.ts';
import { topInstancesQuery } from '../queries.ts';
import { highestOf } from '../rules.ts';

const CONTAINER_PX = 44;
const INSTANCE_PX = 32;

type ContainerUseProps = {
  row: TopContainersResponse['rows'][number];
  times: number[];
  /** Highest value of all rows. */
  max: number;
  kind: ChartKind;
  span: TimeSpan;
  isOpen: boolean;
  onToggle: () => void;
};

export function ContainerUse({ row, times, max, kind, span, isOpen, onToggle }: ContainerUseProps) {
  const { containerId, name, instances, measured, latest, values } = row;
  const listId = useId();
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <li className="border-b border-line last:border-b-0">
      <UseRow
        value={kind.format(latest)}
        chart={
          <UsageChart
            times={times}
            values={values}
            max={max}
            base={kind.base}
            format={kind.format}
            height={CONTAINER_PX}
            label={`${kind.title} of ${name}`}
          />
        }
      >
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-label={`Instances of ${name}`}
          onClick={onToggle}
          className="flex size-7 shrink-0 items-center justify-center rounded hover:bg-hover"
        >
          <Chevron aria-hidden size={14} />
        </button>
        <span className="min-w-0">
          <Link
            to="/telemetry"
            search={{ container: containerId }}
            className="block truncate font-medium hover:underline"
          >
            {name}
          </Link>
          <span className="block text-xs text-muted">
            {measured === instances
              ? plural(instances, 'instance')
              : `${measured} of ${plural(instances, 'instance')} measured`}
          </span>
        </span>
      </UseRow>
      <div id={listId}>
        {isOpen && <InstancesByUse containerId={containerId} name={name} kind={kind} span={span} />}
      </div>
    </li>
  );
}

type InstancesByUseProps = { containerId: string; name: string; kind: ChartKind; span: TimeSpan };

function InstancesByUse({ containerId, name, kind, span }: InstancesByUseProps) {
  const query = useQuery(topInstancesQuery(containerId, kind.measure, span));
  return (
    <div className="border-t border-line bg-sunken">
      <QueryView query={query} hidesAge loading={<LoadingState rows={3} label="Loading instances" />}>
        {({ rows, times }) => (
          <ul aria-label={`Instances of ${name}, highest first`}>
            {rows.map((row) => (
              <li key={row.instanceId} className="border-b border-line last:border-b-0">
                <UseRow
                  value={kind.format(row.latest)}
                  chart={
                    <UsageChart
                      times={times}
                      values={row.values}
                      max={highestOf(rows)}
                      base={kind.base}
                      format={kind.format}
                      height={INSTANCE_PX}
                      label={`${kind.title} of ${row.name}`}
                    />
                  }
                >
                  <Link
                    to="/telemetry"
                    search={{ instance: row.instanceId }}
                    className="min-w-0 truncate pl-9 hover:underline"
                  >
                    {row.name}
                  </Link>
                </UseRow>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </div>
  );
}

/** Name, chart and value in one line; on a phone the chart is below. */
function UseRow({ children, chart, value }: { children: ReactNode; chart: ReactNode; value: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 px-3 py-1.5">
      <div className="flex min-w-40 flex-1 items-center gap-2">{children}</div>
      <div className="min-w-0 max-sm:order-last max-sm:basis-full max-sm:pt-1 sm:w-3/5">{chart}</div>
      <span className="w-20 shrink-0 text-right">{value}</span>
    </div>
  );
}
