import type { Freshness, UpstreamStatus } from '@cyclorama/shared/common.ts';

import { formatAbsolute, formatAgo, parseTime } from '../../lib/time.ts';
import type { Zone } from '../../lib/time.ts';
import { formatDuration } from '../../lib/units.ts';

type Source = {
  label: string;
  upstream: UpstreamStatus['name'] | null;
  /** Events of the stream bring it up to date: it is as new as the upstream's last answer. */
  isPushed?: boolean;
};

const CYCLE = 'Cycle’s internal API';
const OWN = 'Cyclorama’s record';
const cycle: Source = { label: CYCLE, upstream: 'cycle' };
const pushedByCycle: Source = { ...cycle, isPushed: true };
const rerobots: Source = { label: 'rerobots', upstream: 'rerobots' };
const pushedByRerobots: Source = { ...rerobots, isPushed: true };
const bookings: Source = { label: `${OWN} and rerobots`, upstream: 'rerobots', isPushed: true };
const platform: Source = { label: 'Cycle’s public API', upstream: 'platform' };
const own: Source = { label: OWN, upstream: null };

/** By the first words of a query's key, the longer ones first. */
const SOURCES: readonly [key: string, source: Source][] = [
  ['settings metadata-file', { label: 'The file that Cycle mounts into this instance', upstream: null }],
  ['settings hub-activity', platform],
  ['topology-at', cycle],
  ['topology', pushedByCycle],
  ['overview', pushedByCycle],
  ['containers', pushedByCycle],
  ['instances', pushedByCycle],
  ['functions', { label: `${CYCLE} and the function scheduler`, upstream: 'scheduler', isPushed: true }],
  ['jobs', platform],
  ['deployments', pushedByRerobots],
  ['deployment', pushedByRerobots],
  ['bookings', bookings],
  ['booking-', rerobots],
  ['robot-', rerobots],
  ...['object-events', 'history', 'capacity', 'container-lives', 'activity', 'timeline', 'views', 'pins'].map(
    (key): [string, Source] => [key, own],
  ),
];

/** @param key of the query; undefined where it is not known. What has a freshness and no row is Cycle's. */
export function sourceOf(key: readonly unknown[] | undefined, freshness: Freshness | undefined): Source {
  const words = (key ?? []).filter((word) => typeof word === 'string').join(' ');
  const [, known] = SOURCES.find(([start]) => words.startsWith(start)) ?? [];
  return known ?? (freshness === undefined ? own : cycle);
}

export type Reading = {
  source: Source;
  freshness: Freshness | undefined;
  /** When the page read it; epoch milliseconds of the server's clock, as `now` and `moment` are. */
  readAt: number;
  now: number;
  /** The past minute that the page shows. */
  moment: number | null;
  upstreams: readonly Pick<UpstreamStatus, 'name' | 'state' | 'asOf'>[];
  isStreamLive: boolean;
  zone: Zone;
};

/** "Cycle’s internal API, read 3 s ago". */
export function sourceText(reading: Reading): string {
  const { source, freshness, now, moment, zone } = reading;
  if (moment !== null) return `${source.label}, as recorded at ${formatAbsolute(moment, zone)}`;
  const asOf = parseTime(freshness?.asOf) ?? reading.readAt;
  if (freshness !== undefined && freshness.state !== 'live') {
    if (freshness.asOf === null) return `${source.label}, not read yet`;
    const failingSince = parseTime(freshness.failingSince);
    const failing =
      failingSince === null ? '' : `, failing for ${formatDuration(Math.max(0, now - failingSince))}`;
    return `${source.label}, last read ${formatAgo(now - asOf)}${failing}`;
  }
  if (source.isPushed !== true || !reading.isStreamLive)
    return `${source.label}, read ${formatAgo(Math.max(0, now - asOf))}`;
  const upstream = reading.upstreams.find(({ name }) => name === source.upstream);
  const answeredAt = Math.max(asOf, (upstream?.state === 'live' && parseTime(upstream.asOf)) || 0);
  return `${source.label}, live: last read ${formatAgo(Math.max(0, now - answeredAt))}`;
}
