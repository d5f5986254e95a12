import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import { live } from '../testing/builders/common.ts';
import { StaleNotice } from './states.tsx';

it('says nothing while all of it is live', () => {
  const { container } = render(<StaleNotice freshness={live} />);
  expect(container).toBeEmptyDOMElement();
});

it('says of live data which parts are missing, and why', () => {
  const parts = [
    { name: 'networks', reason: 'No access to networks: needs the scope networks.', needsScope: 'networks' },
    { name: 'ips', reason: 'Not up to date: IP addresses.' },
  ];
  render(<StaleNotice freshness={{ ...live, asOf: '2026-03-26T09:15:00Z', parts }} />);
  expect(screen.getByRole('status')).toHaveTextContent(
    'No access to networks: needs the scope networks. Not up to date: IP addresses.',
  );
  expect(screen.queryByText(/Last read/)).toBeNull();
});
