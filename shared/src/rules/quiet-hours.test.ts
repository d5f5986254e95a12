import { describe, expect, it } from 'vitest';

import { quietHours } from '../alert-settings.ts';
import { isQuietAt } from './quiet-hours.ts';

const at = (iso: string): number => Date.parse(iso);
const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };

describe('quiet hours', () => {
  it('begin with their first minute and end before their last', () => {
    const noon = { from: '12:00', to: '13:00', timeZone: 'UTC' };
    const times = ['11:59:59', '12:00:00', '12:59:59', '13:00:00'];
    expect(times.map((time) => isQuietAt(noon, at(`2026-06-01T${time}Z`)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('go over midnight', () => {
    const times = ['2026-01-10T20:59Z', '2026-01-10T21:00Z', '2026-01-11T05:59Z', '2026-01-11T06:00Z'];
    expect(times.map((time) => isQuietAt(night, at(time)))).toEqual([false, true, true, false]);
    expect(isQuietAt({ ...night, to: '00:00' }, at('2026-01-10T23:30Z'))).toBe(false);
  });

  it('follow the clocks when summer time begins and ends', () => {
    const minutes = (from: string, to: string) => {
      let quiet = 0;
      for (let time = at(from); time < at(to); time += 60_000) if (isQuietAt(night, time)) quiet += 1;
      return quiet / 60;
    };
    expect(minutes('2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(8);
    expect(minutes('2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(10);
    expect(minutes('2026-06-01T12:00Z', '2026-06-02T12:00Z')).toBe(9);
  });

  it('are twice where the hour comes twice, and not where it is skipped', () => {
    const small = { from: '02:15', to: '02:45', timeZone: 'Europe/Berlin' };
    expect(['2026-10-25T00:30Z', '2026-10-25T01:30Z'].map((time) => isQuietAt(small, at(time)))).toEqual([
      true,
      true,
    ]);
    for (let minute = 0; minute < 120; minute += 5)
      expect(isQuietAt(small, at('2026-03-29T00:30Z') + minute * 60_000)).toBe(false);
  });

  it('are refused by the name of the field', () => {
    const fieldOf = (value: object) => quietHours.safeParse(value).error?.issues[0]?.path.join('.');
    expect(quietHours.safeParse(night).success).toBe(true);
    expect(fieldOf({ ...night, from: '24:00' })).toBe('from');
    expect(fieldOf({ ...night, to: '22:00' })).toBe('to');
    expect(fieldOf({ ...night, timeZone: 'Mars/Olympus' })).toBe('timeZone');
  });
});
