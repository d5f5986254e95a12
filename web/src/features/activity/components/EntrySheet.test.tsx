import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import { EntrySheet } from './EntrySheet.tsx';

const entry: ActivityEntry = {
  id: 7,
  at: '2026-01-01T00:00:00Z',
  actor: 'ada',
  action: 'person.role',
  subject: { kind: 'person', id: 'vera', name: 'vera' },
  outcome: 'done',
  detail: null,
  way: 'vpn',
  intent: null,
  before: 'viewer',
  after: 'operator',
  origin: { address: '192.0.2.1', requestId: 'r1', wayId: 's1', wayName: null, reason: 'on call' },
};
const values = () => screen.getAllByRole('definition').map((each) => each.textContent);

it('shows an admin reason, before, after and address, and others what is theirs to see', () => {
  const { unmount } = render(<EntrySheet entry={entry} onClose={() => undefined} />);
  expect(values()).toEqual(
    expect.arrayContaining(['viewer', 'operator', 'on call', '192.0.2.1', 'VPN account']),
  );
  unmount();
  render(<EntrySheet entry={{ ...entry, origin: null }} onClose={() => undefined} />);
  expect(values()).toEqual(expect.arrayContaining(['viewer', 'operator', 'VPN account']));
  expect(screen.queryByText('Address')).toBeNull();
});
