import { expect, it } from 'vitest';

import { isoTime, minuteTime, naiveTime, pythonJson, toMicros } from './format.ts';

const stamp = toMicros(Date.UTC(2020, 4, 23, 2, 5, 20, 311), 535);

it('writes the three kinds of time', () => {
  expect(naiveTime(stamp)).toBe('2020-05-23 02:05:20.311535');
  expect(isoTime(stamp)).toBe('2020-05-23T02:05:20.311535Z');
  expect(minuteTime(stamp)).toBe('2020-05-23 02:05 UTC');
  expect(naiveTime(toMicros(Date.UTC(2020, 4, 23, 2, 5, 20)))).toBe('2020-05-23 02:05:20');
});

it('writes JSON with the spaces and escapes of json.dumps', () => {
  expect(pythonJson({ a: [1, 'ü', null], b: undefined, c: { d: true } })).toBe(
    '{"a": [1, "\\u00fc", null], "c": {"d": true}}',
  );
});
