import { expect, it } from 'vitest';

import { accessRefusal } from './robot-access.ts';

const ready = { state: 'ready' as const, owner: 'ada', vpn: true, instanceId: 'i-1' };
const ada = { name: 'ada', role: 'operator' as const };

it('opens firewall and VPN to the owner and to admins, once the robot is ready', () => {
  expect(accessRefusal('firewall', ready, ada)).toBeNull();
  expect(accessRefusal('VPN', ready, { name: 'root', role: 'admin' })).toBeNull();
  expect(accessRefusal('firewall', ready, { name: 'bo', role: 'operator' })).toBe(
    'Only ada or an admin can do this.',
  );
  expect(accessRefusal('firewall', { ...ready, state: 'starting' }, ada)).toBe(
    'There is no firewall before the robot is ready.',
  );
  expect(accessRefusal('firewall', { ...ready, state: 'terminated' }, ada)).toBe('The booking has ended.');
  expect(accessRefusal('firewall', ready, { name: 'ada', role: 'viewer' })).toMatch(/^View-only access/);
});

it('says what a robot waits for that rerobots doesn’t show', () => {
  const waiting = { since: '2026-03-26T09:15:00Z', message: 'Set a token of a.' };
  expect(accessRefusal('firewall', { ...ready, waiting }, ada)).toBe('Set a token of a.');
});

it('has no VPN where none was asked for', () => {
  expect(accessRefusal('VPN', { ...ready, vpn: false }, ada)).toMatch(/can’t be added later\.$/);
});
