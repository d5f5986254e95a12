import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { Button } from './button.tsx';

it('says why it can’t be pressed, stays reachable, and does nothing', async () => {
  const onClick = vi.fn<() => void>();
  render(
    <Button disabledReason="It is stopped." onClick={onClick}>
      Stop
    </Button>,
  );
  const button = screen.getByRole('button', { name: 'Stop' });
  await userEvent.tab();
  expect(button).toHaveFocus();
  expect(button).toHaveAccessibleDescription('It is stopped.');
  await userEvent.click(button);
  expect(onClick).not.toHaveBeenCalled();
});

it('can’t be pressed again while its work goes on', async () => {
  const onClick = vi.fn<() => void>();
  render(
    <Button pending onClick={onClick}>
      Save
    </Button>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onClick).not.toHaveBeenCalled();
});

it('keeps the focus when a reason comes and goes', async () => {
  const { rerender } = render(<Button>Start</Button>);
  await userEvent.tab();
  rerender(<Button disabledReason="It is starting.">Start</Button>);
  expect(screen.getByRole('button', { name: 'Start' })).toHaveFocus();
  rerender(<Button>Start</Button>);
  expect(screen.getByRole('button', { name: 'Start' })).toHaveFocus();
  await userEvent.tab();
  rerender(<Button disabledReason="It is starting.">Start</Button>);
  expect(document.body).toHaveFocus();
});
