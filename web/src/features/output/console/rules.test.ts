import type { ConsoleResponse } from '@cyclorama/shared/output.ts';
import { expect, it } from 'vitest';

import { MOST_LINES, textOf, withNews } from './rules.ts';

const news = (given: Partial<ConsoleResponse>): ConsoleResponse => ({
  state: 'live',
  reason: null,
  after: 'a',
  isReset: false,
  text: '',
  partial: '',
  ...given,
});

it('adds lines as they end, and shows the one that has not', () => {
  const first = withNews(null, news({ isReset: true, text: 'a\n\nb\n', partial: 'c' }));
  expect([first.lines, first.partial]).toEqual([['a', '', 'b'], 'c']);
  const second = withNews(first, news({ text: 'cd\n', partial: '' }));
  expect(textOf(second)).toBe('a\n\nb\ncd\n');
  expect(textOf(first)).toBe('a\n\nb\nc\n');
});

it('keeps the list as it is where no line came', () => {
  const first = withNews(null, news({ isReset: true, text: 'a\n' }));
  expect(withNews(first, news({ partial: 'b' })).lines).toBe(first.lines);
});

it('begins anew where the console did', () => {
  const first = withNews(null, news({ isReset: true, text: 'a\n' }));
  expect(withNews(first, news({ isReset: true, text: 'b\n' })).lines).toEqual(['b']);
});

it('keeps the newest lines', () => {
  const many = Array.from({ length: MOST_LINES + 5 }, (_, index) => `${index}\n`).join('');
  const shown = withNews(null, news({ isReset: true, text: many }));
  expect([shown.lines.length, shown.lines.at(-1)]).toEqual([MOST_LINES, String(MOST_LINES + 4)]);
});
