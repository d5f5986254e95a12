import { expect, it } from 'vitest';

import { orderChange, orderOf } from './rows.ts';

it('reads and writes the API’s own names where it has one', () => {
  expect(orderOf({ sort_by: 'dec_created' })).toEqual({ key: 'created', direction: 'desc' });
  expect(orderOf({})).toEqual({ key: 'type', direction: 'asc' });
  expect(orderOf({ sort: 'queue', dir: 'desc' })).toEqual({ key: 'queue', direction: 'desc' });
  expect(orderChange({ key: 'count', direction: 'desc' })).toMatchObject({
    sort_by: 'dec_count',
    sort: undefined,
  });
  expect(orderChange({ key: 'queue', direction: 'asc' })).toMatchObject({
    sort_by: undefined,
    sort: 'queue',
    dir: 'asc',
  });
});
