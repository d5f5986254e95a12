import type { QuietHours } from '../alert-settings.ts';

/**
 * Whether it is quiet at a moment (epoch ms). What counts is what the clocks of the zone show: an hour that summer time
 * skips is not quiet, and one that comes twice is twice.
 */
export function isQuietAt({ from, to, timeZone }: QuietHours, at: number): boolean {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return from < to ? time >= from && time < to : time >= from || time < to;
}

/** "22:00 to 07:00, Europe/Berlin" */
export function quietHoursText({ from, to, timeZone }: QuietHours): string {
  return `${from} to ${to}, ${timeZone}`;
}
