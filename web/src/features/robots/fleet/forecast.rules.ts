import type { WaitForecast } from '@cyclorama/shared/robots.ts';

import { formatDuration, plural } from '../../../lib/units.ts';

/** An estimate is not known to the second: from a minute on it is told in whole ones, outwards. */
const earliest = (seconds: number): number => (seconds < 60 ? seconds : Math.floor(seconds / 60) * 60);
const latest = (seconds: number): number => (seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60);

/** "4–20 min" for one unit, else "40 s – 20 min". */
function interval(lowSeconds: number, highSeconds: number): string {
  const low = formatDuration(earliest(lowSeconds) * 1000);
  const high = formatDuration(latest(highSeconds) * 1000);
  if (low === high) return high;
  const [lowParts, highParts] = [low.split(' '), high.split(' ')];
  const sameUnit = lowParts.length === 2 && highParts.length === 2 && lowParts[1] === highParts[1];
  return sameUnit ? `${lowParts[0]}–${high}` : `${low} – ${high}`;
}

export const waitBasis = 'Estimated from recorded queue lengths; order is not guaranteed.';

/** "20–45 min, 8 in 10": the interval and its chance. */
export function waitText(forecast: WaitForecast | null | undefined): string {
  if (forecast === null || forecast === undefined) return 'no estimate yet';
  const { lowSeconds: low, highSeconds: high } = forecast;
  const chance = `${Math.round(forecast.chance * 10)} in 10`;
  if (high === null) return `over ${formatDuration(earliest(Math.round(low)) * 1000)}, ${chance}`;
  if (Math.round(high) === 0) return `at once, ${chance}`;
  if (Math.round(low) === 0) return `up to ${formatDuration(latest(Math.round(high)) * 1000)}, ${chance}`;
  return `${interval(Math.round(low), Math.round(high))}, ${chance}`;
}

/** How often waits like this ended within which time, and how much data that is based on. Never a promise. */
export function forecastText(forecast: WaitForecast | null): string {
  if (forecast === null) return 'Too few recorded waits for an estimate.';
  const basis = `${plural(forecast.basis, 'recorded wait')}.`;
  const chance = `${Math.round(forecast.chance * 100)} %`;
  const low = Math.round(forecast.lowSeconds);
  if (forecast.highSeconds === null) {
    return `At least ${formatDuration(earliest(low) * 1000)}; no upper limit at ${chance} (${basis.slice(0, -1)}).`;
  }
  const high = Math.round(forecast.highSeconds);
  if (high === 0) return `${chance} of similar waits ended at once; ${basis}`;
  return `${chance} of similar waits ended within ${interval(low, high)}; ${basis}`;
}
