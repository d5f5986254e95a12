import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { CopyButton } from './copy.tsx';

/** What a browser offers: its clipboard (null: plain http), and whether `execCommand` copies. */
function browser(clipboard: { writeText: () => Promise<void> } | null, copies: boolean): void {
  Object.defineProperty(navigator, 'clipboard', { value: clipboard ?? undefined, configurable: true });
  document.execCommand = () => copies;
}
const sentence = 'Copying is blocked here. Select the text and copy it.';
const denied = { writeText: () => Promise.reject(new Error('denied')) };

async function press() {
  const onCopied = vi.fn<() => void>();
  render(<CopyButton text="abc def" label="id" onCopied={onCopied} />);
  const user = userEvent.setup({ writeToClipboard: false });
  return { onCopied, user };
}

// jsdom shows no popovers, and what is not shown takes no focus.
HTMLElement.prototype.showPopover = function show(this: HTMLElement) {
  this.removeAttribute('popover');
};
afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'));

it.each([
  ['by the clipboard', { writeText: () => Promise.resolve() }, false],
  ['without one, by a selection', null, true],
  ['by a selection where the clipboard is denied', denied, true],
])('copies %s', async (_, clipboard, copies) => {
  const { onCopied, user } = await press();
  browser(clipboard, copies);
  await user.click(screen.getByRole('button', { name: 'Copy id' }));
  expect(await screen.findByText('Copied')).toBeInTheDocument();
  expect(onCopied).toHaveBeenCalledOnce();
  expect(screen.queryByText(sentence)).toBeNull();
  expect(document.querySelector('textarea')).toBeNull();
});

it.each([
  ['without a clipboard', null],
  ['where the clipboard is denied', denied],
])(
  '%s and where selections are not copied, shows the text selected and claims nothing',
  async (_, clipboard) => {
    const { onCopied, user } = await press();
    browser(clipboard, false);
    await user.click(screen.getByRole('button', { name: 'Copy id' }));
    expect(await screen.findByText(sentence)).toBeInTheDocument();
    const text = screen.getByLabelText<HTMLTextAreaElement>('Text of id');
    expect(text).toHaveValue('abc def');
    expect(text).toHaveFocus();
    expect([text.selectionStart, text.selectionEnd]).toEqual([0, 7]);
    expect(onCopied).not.toHaveBeenCalled();
    expect(screen.queryByText('Copied')).toBeNull();
    await user.keyboard('{Escape}');
    expect(screen.queryByText(sentence)).toBeNull();
    expect(screen.getByRole('button', { name: 'Copy id' })).toHaveFocus();
  },
);
