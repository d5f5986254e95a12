import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { Fragment } from 'react';
import { expect, it, vi } from 'vitest';

import { Dialog } from './dialog.tsx';

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 550));

function pressBeside(): void {
  fireEvent.pointerDown(document.body);
  fireEvent.click(document.body);
}

async function openDialog() {
  const onOpenChange = vi.fn<(open: boolean) => void>();
  const onPress = vi.fn<() => void>();
  render(
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Spawn resize"
      footer={<button onClick={onPress}>Spawn</button>}
    >
      Text
    </Dialog>,
  );
  // Radix listens from the next turn on.
  await new Promise((resolve) => setTimeout(resolve, 1));
  return { onOpenChange, onPress };
}

it('stays open when the second press of a double click falls beside it, and closes by a later one', async () => {
  const { onOpenChange } = await openDialog();
  pressBeside();
  await aWhile();
  expect(onOpenChange).not.toHaveBeenCalled();
  pressBeside();
  await aWhile();
  expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
});

it('takes the second press of a double click for none of its buttons, but two quick ones of its own', async () => {
  const { onPress } = await openDialog();
  const button = screen.getByRole('button', { name: 'Spawn' });
  fireEvent.click(button, { detail: 2 });
  expect(onPress).not.toHaveBeenCalled();
  fireEvent.click(button, { detail: 1 });
  expect(onPress).toHaveBeenCalledOnce();
  await aWhile();
  fireEvent.click(button, { detail: 2 });
  expect(onPress).toHaveBeenCalledTimes(2);
});

it('gives the focus back to what had it, also where a field of its own took it at once', async () => {
  const dialog = (
    <Dialog open onOpenChange={() => {}} title="Go to">
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
      <input autoFocus aria-label="Name" />
    </Dialog>
  );
  const list = <button key="list">List</button>;
  const { rerender } = render(<>{[list]}</>);
  screen.getByRole('button', { name: 'List' }).focus();
  rerender(<>{[list, <Fragment key="dialog">{dialog}</Fragment>]}</>);
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus();
  rerender(<>{[list]}</>);
  await waitFor(() => expect(screen.getByRole('button', { name: 'List' })).toHaveFocus());
});
