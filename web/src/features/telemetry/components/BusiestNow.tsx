import type { TopResponse } from '@cyclorama/shared/telemetry.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { formatPercent } from '../../../lib/units.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Sparkline } from '../../../ui/sparkline.tsx';
import { busiestQuery } from '../queries.ts';

export function BusiestNow() {
  const query = useQuery(busiestQuery);
  return (
    <Panel title="Busiest now on this server, by CPU" flush className="max-w-3xl">
      <QueryView query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="p-3 text-muted">No samples yet. The first come within a minute.</p>
          ) : (
            <>
              <p className="px-3 pt-2 text-right text-xs text-muted">
                Last hour, each 0 to {formatPercent(highestOf(rows))} of one core
              </p>
              <ul>
                {rows.map(({ instanceId, name, latest, values }) => (
                  <li
                    key={instanceId}
                    className="flex h-9 items-center gap-4 border-b border-line px-3 last:border-b-0"
                  >
                    <Link
                      to="/telemetry"
                      search={{ instance: instanceId }}
                      className="min-w-0 flex-1 truncate font-medium hover:underline"
                    >
                      {name}
                    </Link>
                    <span className="h-6 w-32">
                      <Sparkline values={values} max={highestOf(rows)} label={`CPU of ${name}, last hour`} />
                    </span>
                    <span className="w-16 text-right">{formatPercent(latest)}</span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </QueryView>
    </Panel>
  );
}

/** All lines of the list have one scale. */
function highestOf(rows: TopResponse['rows']): number {
  return Math.max(...rows.flatMap(({ values }) => values.map((value) => value ?? 0)));
}
