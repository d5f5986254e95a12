import { paths } from '@cyclorama/shared/paths.ts';
import { telemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import type { TelemetryStorage } from '@cyclorama/shared/telemetry-storage.ts';
import { useQuery } from '@tanstack/react-query';

import { api } from '../../../api/http.ts';
import { keys } from '../../../api/keys.ts';
import { QueryView } from '../../../api/query-view.tsx';
import { useServerNow } from '../../../lib/server-clock.ts';
import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { formatBytes, NO_VALUE } from '../../../lib/units.ts';
import { LoadingState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { cutText, perValueText, reachText, storedLabels } from '../storage.rules.ts';

const FRESH_MS = 60_000;
const HEADS = ['Begins', 'Takes', 'A value', 'A year', 'Reaches back'];

/** For each tier since when, what it takes and what a year would cost; what the limit cuts, and when. */
export function HowFarBack() {
  const query = useQuery({
    queryKey: [...keys.telemetry, 'storage'],
    queryFn: ({ signal }) => api.get(paths.telemetryStorage(), telemetryStorage, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
  return (
    <QueryView query={query} loading={<LoadingState rows={6} label="Loading what is stored" />}>
      {(storage) => <Stored storage={storage} />}
    </QueryView>
  );
}

function Stored({ storage }: { storage: TelemetryStorage }) {
  const now = useServerNow();
  const zone = useZone();
  const { parts, bytes, yearBytes } = storage;
  return (
    <div className="flex flex-col gap-2 px-3 pb-3">
      <table className="w-full text-xs">
        <caption className="sr-only">What is stored, since when, and what a year of it takes</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="py-1 text-left font-medium">
              Tier
            </th>
            {HEADS.map((head) => (
              <th key={head} scope="col" className="py-1 pl-2 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {parts.map((part) => (
            <tr key={part.kind} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {storedLabels[part.kind]}
              </th>
              <td className="pl-2 text-right">
                <Ago at={part.since} />
              </td>
              <td className="pl-2 text-right">{formatBytes(part.bytes)}</td>
              <td className="pl-2 text-right">{perValueText(part)}</td>
              <td className="pl-2 text-right">{formatBytes(part.yearBytes)}</td>
              <td className="pl-2 text-right">{reachText(part)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line">
            <th scope="row" className="py-1 text-left font-medium">
              Together
            </th>
            <td className="pl-2 text-right text-muted">{NO_VALUE}</td>
            <td className="pl-2 text-right">{formatBytes(bytes)}</td>
            <td className="pl-2 text-right text-muted">{NO_VALUE}</td>
            <td className="pl-2 text-right">{formatBytes(yearBytes)}</td>
            <td className="pl-2 text-right text-muted">{NO_VALUE}</td>
          </tr>
        </tfoot>
      </table>
      <p className="text-xs text-muted">
        {cutText(storage, now, (at) => formatAbsolute(at, zone))} “A year” is what each takes a year from now
        at the rate of the last days, with its days kept.
      </p>
    </div>
  );
}
