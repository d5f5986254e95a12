import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { ActivityFilters } from './ActivityFilters.tsx';

const from = Date.parse('2026-03-01T08:00:00.000Z');
const to = Date.parse('2026-03-01T09:30:00.000Z');

it('narrows down by the way in', async () => {
  const onChange = vi.fn();
  render(<ActivityFilters search={{}} onChange={onChange} />);
  await userEvent.selectOptions(screen.getByLabelText('Way in'), 'Access token');
  expect(onChange).toHaveBeenLastCalledWith({ way: 'access-token' });
});

it('shows the filters of the address, and clears them', async () => {
  const onChange = vi.fn();
  render(<ActivityFilters search={{ from, to, way: 'vpn' }} onChange={onChange} />);
  expect(screen.getByLabelText('Way in')).toHaveValue('vpn');
  expect(screen.getByLabelText('Time')).toHaveValue('fixed');
  await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ from: undefined, to: undefined, way: undefined });
});
