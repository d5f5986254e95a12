import { setZone, useZone } from '../lib/time.ts';

export function ZoneSwitch() {
  const zone = useZone();
  const other = zone === 'utc' ? 'local' : 'utc';
  return (
    <button
      type="button"
      onClick={() => setZone(other)}
      aria-label={
        zone === 'utc' ? 'Times in UTC; switch to local time' : 'Times in local time; switch to UTC'
      }
      className="inline-flex h-8 w-14 items-center justify-center rounded-md text-xs text-muted hover:bg-hover"
    >
      {zone === 'utc' ? 'UTC' : 'Local'}
    </button>
  );
}
