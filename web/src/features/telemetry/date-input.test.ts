import { expect, it } from 'vitest';

import { fromInput, toInput } from './date-input.ts';

const at = Date.parse('2026-03-26T09:15:30Z');

it('reads back what it writes, in UTC and in the local zone', () => {
  expect(toInput(at, 'utc')).toBe('2026-03-26T09:15:30');
  expect(fromInput('2026-03-26T09:15:30', 'utc')).toBe(at);
  expect(fromInput(toInput(at, 'local'), 'local')).toBe(at);
});

it('says when a field holds no time', () => {
  expect(fromInput('', 'utc')).toBeNull();
  expect(fromInput('', 'local')).toBeNull();
});
