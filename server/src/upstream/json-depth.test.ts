import { expect, it } from 'vitest';

import { isNestedTooDeep } from './json-depth.ts';

const nested = (depth: number, open = '[', close = ']'): string => open.repeat(depth) + close.repeat(depth);

it('tells depth, not length, and does not count brackets within strings', () => {
  expect(isNestedTooDeep(nested(200_000))).toBe(true);
  expect(isNestedTooDeep(nested(201, '{"a":', '}'))).toBe(true);
  expect(isNestedTooDeep(nested(100))).toBe(false);
  expect(isNestedTooDeep(`[${'{"a":[]},'.repeat(50_000)}{}]`)).toBe(false);
  expect(isNestedTooDeep(JSON.stringify({ text: nested(500), more: `\\"${nested(500)}\\` }))).toBe(false);
  expect(isNestedTooDeep(`{"a":"\\\\","b":${nested(300)}}`)).toBe(true);
});

it('ends where a string is never closed', () => {
  expect(isNestedTooDeep('["never closed \\"')).toBe(false);
});
