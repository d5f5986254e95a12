import { expect, it } from 'vitest';

import { shownSeries } from './shown-series.rules.ts';

const series = Array.from({ length: 22 }, (_, index) => ({ id: `i${index}`, name: `i${index}`, values: {} }));
const ids = (toggled: string[]) => shownSeries(series, new Set(toggled)).map(({ id }) => id);

it('draws the first twenty, and others in place of those taken out', () => {
  expect(ids([])).toHaveLength(20);
  expect(ids([])).not.toContain('i20');
  const swapped = ids(['i0', 'i21']);
  expect(swapped).toHaveLength(20);
  expect(swapped).toContain('i21');
  expect(swapped).not.toContain('i0');
});

it('never draws more than twenty', () => {
  expect(ids(['i20', 'i21'])).toHaveLength(20);
});
