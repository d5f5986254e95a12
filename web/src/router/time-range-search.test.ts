import { expect, it } from 'vitest';

import { timeRangeSearch } from './time-range-search.ts';

it('reads epoch milliseconds, and the ISO times of earlier addresses', () => {
  const at = Date.parse('2026-01-01T10:00:00Z');
  expect(timeRangeSearch.parse({ from: '2026-01-01T10:00:00Z', to: at + 1 })).toMatchObject({
    from: at,
    to: at + 1,
  });
});

it('drops what is no range, and keeps what is not its own', () => {
  const read = timeRangeSearch.parse({ range: '2h', from: 'yesterday', to: -1, tab: 'raw' });
  expect(JSON.parse(JSON.stringify(read))).toEqual({ tab: 'raw' });
});
