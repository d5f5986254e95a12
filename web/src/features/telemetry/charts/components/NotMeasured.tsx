import { indexTopology, useTopology } from '../../../../api/use-topology.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { plural } from '../../../../lib/units.ts';

const MOST_NAMED = 6;

export function NotMeasured({ ids }: { ids: string[] }) {
  const topology = useTopology();
  if (ids.length === 0) return null;
  const index = topology.data === undefined ? null : indexTopology(topology.data);
  const names = ids.slice(0, MOST_NAMED).map((id) => index?.byId.get(id)?.name ?? shortenId(id));
  const more = ids.length - names.length;
  return (
    <p className="rounded-lg border border-line bg-sunken px-3 py-2">
      {ids.length === 1 ? 'Not measured: ' : `${plural(ids.length, 'instance')} not measured: `}
      {names.join(', ')}
      {more > 0 && ` and ${more} more`}. No collector on{' '}
      {ids.length === 1 ? 'this instance’s server' : 'these instances’ servers'}.
    </p>
  );
}
