import { expect, it, vi } from 'vitest';

import { fromInput, toInput } from './date-input.ts';

vi.hoisted(() => {
  process.env['TZ'] = 'Europe/Berlin';
});

const at = Date.parse('2026-03-26T09:15:30Z');

it('reads back what it writes, in UTC and in the local zone', () => {
  expect(toInput(at, 'utc')).toBe('2026-03-26T09:15:30');
  expect(fromInput('2026-03-26T09:15:30', 'utc')).toEqual([at]);
  expect(toInput(at, 'local')).toBe('2026-03-26T10:15:30');
  expect(fromInput(toInput(at, 'local'), 'local')).toEqual([at]);
  expect(fromInput('2026-03-26T10:15', 'local')).toEqual([at - 30_000]);
});

it('says when a field holds no time', () => {
  expect(fromInput('', 'utc')).toEqual([]);
  expect(fromInput('', 'local')).toEqual([]);
});

it('knows both moments of a time that clocks were put back over, and one of a time they skipped', () => {
  const [first, second] = [Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:30:00Z')];
  expect(fromInput('2026-10-25T02:30:00', 'local')).toEqual([first, second]);
  expect([first, second].map((each) => toInput(each, 'local'))).toEqual(
    Array.from({ length: 2 }, () => '2026-10-25T02:30:00'),
  );
  expect(fromInput('2026-10-25T02:30:00', 'utc')).toHaveLength(1);
  expect(fromInput('2026-03-29T02:30:00', 'local')).toEqual([Date.parse('2026-03-29T01:30:00Z')]);
});
