import { paths } from '@cyclorama/shared/paths.ts';
import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';

import { withQuery } from '../../../../api/http.ts';
import { QueryView } from '../../../../api/query-view.tsx';
import { basePath } from '../../../../lib/base-path.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { formatDuration, plural } from '../../../../lib/units.ts';
import { buttonClass } from '../../../../ui/button.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Select } from '../../../../ui/select.tsx';
import { seriesColor } from '../../../../ui/series-colors.ts';
import { useRobotsSearch } from '../../search.ts';
import { rangeOf, usageQuery } from '../queries.ts';
import { usageByPerson, usageSpans, usageTypes } from '../usage.rules.ts';
import type { UsageSpan } from '../usage.rules.ts';

const spans = (['day', 'week', 'month'] as const).map((value) => ({ value, label: usageSpans[value].label }));

export function UsagePanel() {
  const [search, setSearch] = useRobotsSearch();
  const span: UsageSpan = search.span ?? 'week';
  const query = useQuery(usageQuery(span));
  const now = useServerNow();
  // Rounded to the minute, so that the link's address doesn't change every second.
  const range = rangeOf(span, Math.ceil(now / 60_000) * 60_000);
  const actions = (
    <>
      <Select
        aria-label="Span"
        className="h-7"
        value={span}
        options={spans}
        onValueChange={(next) => setSearch({ span: next === 'week' ? undefined : next })}
      />
      <a
        href={basePath + withQuery(paths.robotUsageCsv(), range)}
        download
        className={buttonClass('secondary', 'sm')}
      >
        <Download aria-hidden size={13} />
        CSV
      </a>
    </>
  );
  return (
    <Panel title="Robot time per person" actions={actions}>
      <QueryView query={query} loading={<output aria-label="Loading usage" className="block h-24" />}>
        {(data) => <Usage usage={data} />}
      </QueryView>
    </Panel>
  );
}

function Usage({ usage }: { usage: UsageResponse }) {
  const types = usageTypes(usage.rows);
  const people = usageByPerson(usage.rows, types);
  const most = Math.max(1, ...people.map(({ seconds }) => seconds));
  const quota =
    usage.quota === null
      ? 'No quota.'
      : `Quota: ${plural(usage.quota, 'open booking')} per person. None for admins.`;
  if (people.length === 0) return <p className="text-muted">No robots used in this time. {quota}</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{quota}</p>
      <ul aria-label="Types" className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {types.map((type, index) => (
          <li key={type} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-sm" style={{ background: seriesColor(index) }} />
            {type}
          </li>
        ))}
      </ul>
      <ul aria-label="Robot time per person" className="flex flex-col gap-2">
        {people.map(({ owner, seconds, bookings, byType }) => (
          <li
            key={owner ?? ''}
            className="grid grid-cols-[112px_1fr_176px] items-center gap-x-3 max-sm:grid-cols-[1fr_auto]"
          >
            <span className="truncate">{owner ?? 'not booked here'}</span>
            <span
              aria-hidden
              className="flex h-4 overflow-hidden rounded-sm bg-sunken max-sm:order-last max-sm:col-span-2"
            >
              {byType.map(({ type, seconds: part }) => (
                <span
                  key={type}
                  title={`${type}: ${formatDuration(part * 1000)}`}
                  style={{ width: `${(part / most) * 100}%`, background: seriesColor(types.indexOf(type)) }}
                />
              ))}
            </span>
            <span className="text-right whitespace-nowrap">
              {formatDuration(seconds * 1000)}{' '}
              <span className="text-xs text-muted">in {plural(bookings, 'booking')}</span>
            </span>
            <span className="sr-only">
              {byType.map(({ type, seconds: part }) => `${type} ${formatDuration(part * 1000)}`).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
