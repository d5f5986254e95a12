import { cachePut } from '@cyclorama/shared/object-cache.ts';
import { expect, it } from 'vitest';

import { fieldErrors } from './form-errors.ts';

it('names each field at fault with what was expected', () => {
  const entry = { scope: 'instance', key: 'leader', expires: '15m', value: '' };
  expect(fieldErrors(cachePut, entry)).toEqual({});
  expect(fieldErrors(cachePut, { ...entry, key: '', expires: 'soon' })).toEqual({
    key: 'Expected a value.',
    expires: 'Expected a duration, such as 72h45m.',
  });
});
