import { expect, it } from 'vitest';

import { accessRefusal, handOverRefusal } from './rules.ts';

const ready = { state: 'ready' as const, owner: 'ada', vpn: true };
const ada = { name: 'ada', role: 'operator' as const };

it('opens firewall and VPN to the owner and to admins, once the robot is ready', () => {
  expect(accessRefusal('firewall', ready, ada)).toBeNull();
  expect(accessRefusal('vpn', ready, { name: 'root', role: 'admin' })).toBeNull();
  expect(accessRefusal('firewall', ready, { name: 'bo', role: 'operator' })).toBe(
    'Only ada or an admin can see and change its firewall',
  );
  expect(accessRefusal('firewall', { ...ready, state: 'starting' }, ada)).toBe(
    'There is no firewall before the robot is ready',
  );
  expect(accessRefusal('firewall', { ...ready, state: 'terminated' }, ada)).toBe('The booking has ended');
  expect(accessRefusal('firewall', ready, { name: 'ada', role: 'viewer' })).toMatch(/operator role$/);
});

it('has no VPN where none was asked for', () => {
  expect(accessRefusal('vpn', { ...ready, vpn: false }, ada)).toMatch(/can’t be added later$/);
});

it('lets the owner or an admin hand over what is open, and an admin what nobody booked', () => {
  expect(handOverRefusal(ready, ada)).toBeNull();
  expect(handOverRefusal({ ...ready, state: 'terminated' }, ada)).toMatch(/ended/);
  expect(handOverRefusal(ready, { name: 'bo', role: 'operator' })).toBe(
    'Only ada or an admin can hand it over',
  );
  expect(handOverRefusal({ ...ready, owner: null }, ada)).toMatch(/only an admin/);
  expect(handOverRefusal({ ...ready, owner: null }, { name: 'root', role: 'admin' })).toBeNull();
});
