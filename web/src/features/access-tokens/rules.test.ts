import { expect, it } from 'vitest';

import { rolesUpTo, tokenFormErrors } from './rules.ts';

it('names what was expected of a field that is wrong', () => {
  expect(tokenFormErrors({ name: 'ci', role: 'operator', days: '30' })).toEqual({});
  expect(tokenFormErrors({ name: '  ', role: 'operator', days: '366' })).toEqual({
    name: 'Name: expected 1 to 100 characters',
    days: 'Days: expected a whole number from 1 to 365',
  });
  expect(tokenFormErrors({ name: 'ci', role: 'viewer', days: '1.5' }).days).toMatch(/whole number/);
});

it('offers no role above the person’s own', () => {
  expect(rolesUpTo('operator')).toEqual(['viewer', 'operator']);
  expect(rolesUpTo('admin')).toContain('admin');
});
