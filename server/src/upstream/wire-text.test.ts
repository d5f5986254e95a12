import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { readableText, recordOf } from './wire-text.ts';

it('reads a text without the credentials of the addresses in it', () => {
  expect(readableText.parse('pulling https://ada:SECRET@registry.example.com/app failed')).toBe(
    'pulling https://registry.example.com/app failed',
  );
});

describe('recordOf', () => {
  it('keeps every name, also those that objects have by themselves', () => {
    const given = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3, "PATH": 4}') as unknown;
    const read = recordOf(z.number()).parse(given);
    expect(Object.entries(read)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
      ['toString', 3],
      ['PATH', 4],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each([[[1]], ['text'], [null], [{ a: 'x' }]])('refuses %j', (given) => {
    expect(recordOf(z.number()).safeParse(given).success).toBe(false);
  });
});
