import { expect, it } from 'vitest';

import { role } from '../common.ts';
import { actorRefusal, ownerRefusal, roleAllows, roleRefusal } from './roles.ts';

it('lets each role do what those below it may', () => {
  for (const [index, needed] of role.options.entries()) {
    expect(role.options.filter((held) => roleAllows(held, needed))).toEqual(role.options.slice(index));
  }
});

it('says who can do what a role does not allow', () => {
  expect(roleRefusal('operator', 'operator')).toBeNull();
  expect(roleRefusal('viewer', 'operator')).toBe('View-only access. Operators can do this.');
  expect(roleRefusal('viewer', 'admin')).toBe('View-only access. Admins can do this.');
  expect(roleRefusal('operator', 'admin')).toBe('Only admins can do this.');
});

it('leaves what somebody started to them and to admins, and what nobody started to admins', () => {
  const bob = { name: 'bob', role: 'operator' } as const;
  expect(ownerRefusal('bob', bob)).toBeNull();
  expect(ownerRefusal('ada', bob)).toBe('Only ada or an admin can do this.');
  expect(ownerRefusal(null, bob)).toMatch(/^Nobody booked this here/);
  expect(ownerRefusal('ada', { ...bob, role: 'admin' })).toBeNull();
  expect(ownerRefusal(null, { ...bob, role: 'admin' })).toBeNull();
});

it('keeps viewers from acting even on what they started as operators', () => {
  expect(actorRefusal({ owner: 'vera' }, { name: 'vera', role: 'viewer' })).toMatch(/^View-only access/);
});
