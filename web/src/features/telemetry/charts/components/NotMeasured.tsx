import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import { indexTopology, useTopology } from '../../../../api/use-topology.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { plural } from '../../../../lib/units.ts';

const MOST_NAMED = 6;

type NotMeasuredProps = Pick<TelemetryResponse, 'notMeasured' | 'notMeasuredReason' | 'byKey'>;

/** Whose servers nothing of ours reads: what the API key shows of them, and what is not shown and why. */
export function NotMeasured({ notMeasured: ids, notMeasuredReason: reason, byKey }: NotMeasuredProps) {
  const names = useNames();
  const one = ids.length === 1;
  return (
    <>
      {byKey.length > 0 && (
        <p className="text-xs text-muted">
          Read with the API key from Cycle’s public API, at most six hours back and stored nowhere:{' '}
          {names(byKey)}.
        </p>
      )}
      {ids.length > 0 && (
        <p className="rounded-lg border border-line bg-sunken px-3 py-2">
          {one ? 'Not measured: ' : `${plural(ids.length, 'instance')} not measured: `}
          {names(ids)}. No collector on {one ? 'this instance’s server' : 'these instances’ servers'}.
          {reason !== null && ` ${reason}`}
        </p>
      )}
    </>
  );
}

function useNames(): (ids: readonly string[]) => string {
  const topology = useTopology();
  const index = topology.data === undefined ? null : indexTopology(topology.data);
  return (ids) => {
    const named = ids.slice(0, MOST_NAMED).map((id) => index?.byId.get(id)?.name ?? shortenId(id));
    const more = ids.length - named.length;
    return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
  };
}
