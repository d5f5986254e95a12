import { describe, expect, it } from 'vitest';

import { parseVariables, toEnvironmentVariables, variableErrors } from './rules.ts';

describe('parseVariables', () => {
  it('reads the lines of a .env file with its quoting and comments', () => {
    const text = [
      '# job',
      'JOB_ID=42',
      'export NAME = "two\\nlines" # note',
      "RAW='a # b'",
      'PLAIN=x y # note',
      'URL=https://h/p#frag',
      'EMPTY=',
    ].join('\r\n');
    expect(parseVariables(text)).toEqual({
      rows: [
        { name: 'JOB_ID', value: '42' },
        { name: 'NAME', value: 'two\nlines' },
        { name: 'RAW', value: 'a # b' },
        { name: 'PLAIN', value: 'x y' },
        { name: 'URL', value: 'https://h/p#frag' },
        { name: 'EMPTY', value: '' },
      ],
      errors: [],
    });
  });

  it('reads a JSON object and names what is not a plain value', () => {
    expect(parseVariables(' {"A": "1", "B": 2, "C": true, "D": {"x": 1}, "E": null}')).toEqual({
      rows: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
        { name: 'C', value: 'true' },
      ],
      errors: ['D: expected text, a number, true or false', 'E: expected text, a number, true or false'],
    });
  });

  it('says which line is wrong without repeating what it holds', () => {
    const parsed = parseVariables('A=1\nhunter2 is my password');
    expect(parsed.errors).toEqual(['Line 2: expected NAME=value']);
    expect(parseVariables('{"A": hunter2}').errors.join()).not.toContain('hunter2');
  });
});

describe('variableErrors', () => {
  it('passes good rows and empty ones', () => {
    expect(
      variableErrors([
        { name: 'A_1', value: '' },
        { name: '', value: '' },
      ]),
    ).toEqual([null, null]);
  });

  it('names the fault of each bad row', () => {
    const errors = variableErrors([
      { name: '1A', value: 'x' },
      { name: '', value: 'x' },
      { name: 'B', value: 'x' },
      { name: 'B', value: 'y' },
      { name: 'C', value: 'x'.repeat(32_769) },
      { name: '__proto__', value: 'x' },
      { name: 'constructor', value: 'x' },
    ]);
    expect(errors).toEqual([
      'Name: expected letters, digits and _, not starting with a digit',
      'Name: expected one for this value',
      null,
      'Name: B is given twice',
      'Value: expected at most 32,768 characters',
      'Name: __proto__ can’t be used',
      null,
    ]);
  });
});

it('sends only rows that hold something', () => {
  expect(
    toEnvironmentVariables([
      { name: 'A', value: '1' },
      { name: '', value: '' },
    ]),
  ).toEqual({ A: '1' });
});
