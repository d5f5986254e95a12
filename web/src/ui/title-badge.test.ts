import { expect, it } from 'vitest';

import { tabTitle } from './title-badge.ts';

it('puts news in place of the page’s name', () => {
  expect(tabTitle('Robots', null)).toBe('Robots · Cyclorama');
  expect(tabTitle('خدمة 12', null)).toBe('\u2068خدمة 12\u2069 · Cyclorama');
  expect(tabTitle('Robots', 'Ready: misty')).toBe('● Ready: misty · Cyclorama');
});
