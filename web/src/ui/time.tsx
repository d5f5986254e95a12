import { useServerNow } from '../lib/server-clock.ts';
import {
  formatAbsolute,
  formatAgo,
  formatElapsed,
  formatFromNow,
  formatLeft,
  parseTime,
  useZone,
} from '../lib/time.ts';
import { NO_VALUE } from '../lib/units.ts';
import { Tooltip } from './tooltip.tsx';

type RelativeProps = {
  at: string | number | null | undefined;
};

/** Absolute time and zone on hover and focus. */
export function Ago({ at }: RelativeProps) {
  return <Relative at={at} format={formatAge} />;
}

export function Elapsed({ since }: { since: string | null }) {
  return <Relative at={since} format={formatSince} />;
}

/** For a time that is usually in the future; shows its age once over. */
export function FromNow({ at }: RelativeProps) {
  return <Relative at={at} format={formatFromNow} />;
}

const formatAge = (ahead: number): string => formatAgo(-ahead);
const formatSince = (ahead: number): string => formatElapsed(-ahead);

/** On the server's clock. */
function Relative({ at, format }: RelativeProps & { format: (ahead: number) => string }) {
  const now = useServerNow();
  const zone = useZone();
  const ms = typeof at === 'number' ? at : parseTime(at);
  if (ms === null) return <span className="text-muted">{NO_VALUE}</span>;
  return (
    <Tooltip content={formatAbsolute(ms, zone)}>
      <time dateTime={new Date(ms).toISOString()} className="whitespace-nowrap">
        {format(ms - now)}
      </time>
    </Tooltip>
  );
}

export function Absolute({ at }: { at: string | null | undefined }) {
  const zone = useZone();
  const ms = parseTime(at);
  if (ms === null) return <span className="text-muted">{NO_VALUE}</span>;
  return (
    <time dateTime={new Date(ms).toISOString()} className="whitespace-nowrap">
      {formatAbsolute(ms, zone)}
    </time>
  );
}

type CountdownProps = {
  to: string;
  /** Amber below this many milliseconds. */
  warnBelow?: number;
};

export function Countdown({ to, warnBelow = 0 }: CountdownProps) {
  const now = useServerNow();
  const zone = useZone();
  const end = parseTime(to);
  if (end === null) return <span className="text-muted">{NO_VALUE}</span>;
  const left = end - now;
  return (
    <Tooltip content={formatAbsolute(end, zone)}>
      <time
        dateTime={new Date(end).toISOString()}
        className={left < warnBelow ? 'font-medium whitespace-nowrap text-warning-text' : 'whitespace-nowrap'}
      >
        {formatLeft(left)}
      </time>
    </Tooltip>
  );
}
