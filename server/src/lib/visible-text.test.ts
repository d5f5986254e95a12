import { expect, it } from 'vitest';

import { parseVisible, visibleText } from './visible-text.ts';

it.each([
  ['a terminal escape', '\u001B[2J\u0007', String.raw`\x1B[2J\x07`],
  ['a control sequence of one character', 'a\u009B31m\u007F', String.raw`a\x9B31m\x7F`],
  ['an override', '\u202Egnp.troper', 'gnp.troper'],
  ['an isolate that is not closed', '\u2067שלום report', 'שלום report'],
  ['line ends and tabs', 'a\r\nb\n\tc\rd', 'a\nb\n\tc\\x0Dd'],
  ['joined emoji and other scripts', '👩‍👩‍👧‍👦 Família خدمة', '👩‍👩‍👧‍👦 Família خدمة'],
])('shows %s', (_what, given, shown) => {
  expect(visibleText(given)).toBe(shown);
  expect(parseVisible(JSON.stringify({ list: [{ name: given }] }))).toEqual({ list: [{ name: shown }] });
});

it('finds them however the JSON writes them', () => {
  const escaped = String.raw`["\u001b","\u202E","\u007F","\u009b","\u061C","\b\f\r"]`;
  expect(parseVisible(escaped)).toEqual([
    String.raw`\x1B`,
    '',
    String.raw`\x7F`,
    String.raw`\x9B`,
    '',
    String.raw`\x08\x0C\x0D`,
  ]);
  expect(() => parseVisible('{')).toThrow(SyntaxError);
});

it('leaves what is escaped otherwise as it was', () => {
  for (const text of [String.raw`a\u001b and \\r`, '"\\/\n\t', '😀', '\uD83D', '\u2028é', '\\']) {
    expect(parseVisible(JSON.stringify([text, { [text]: text }]))).toEqual([text, { [text]: text }]);
  }
  expect(parseVisible(String.raw`["\ud83d\ude00\/\u00e9"]`)).toEqual(['😀/é']);
});
