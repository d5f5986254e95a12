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

/** The age of a past event, with the absolute time and its zone on hover and focus. */
export function Ago({ at }: RelativeProps) {
  return <Relative at={at} words={formatAge} />;
}

/** How long a state has lasted: "for 3 min". */
export function Elapsed({ since }: { since: string | null }) {
  return <Relative at={since} words={formatSince} />;
}

/** As `Ago`, for a time that is usually still to come, such as an end. */
export function FromNow({ at }: RelativeProps) {
  return <Relative at={at} words={formatFromNow} />;
}

const formatAge = (ahead: number): string => formatAgo(-ahead);
const formatSince = (ahead: number): string => formatElapsed(-ahead);

/** Counted on the server's clock, so that a wrong browser clock doesn't shift it. */
function Relative({ at, words }: RelativeProps & { words: (ahead: number) => string }) {
  const now = useServerNow();
  const zone = useZone();
  const ms = typeof at === 'number' ? at : parseTime(at);
  if (ms === null) return <span className="text-muted">{NO_VALUE}</span>;
  return (
    <Tooltip content={formatAbsolute(ms, zone)}>
      <time dateTime={new Date(ms).toISOString()} className="whitespace-nowrap">
        {words(ms - now)}
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
  /** Amber from this many milliseconds on. */
  warnBelow?: number;
};

/** The time left until `to`, counted on the server's clock, so that a wrong browser clock doesn't shift it. */
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
