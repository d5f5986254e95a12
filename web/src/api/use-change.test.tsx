import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { Button } from '../ui/button.tsx';
import { notConfirmed, useConfirmationAsked } from './confirmation.ts';
import { ApiError } from './http.ts';
import { createQueryClient } from './query-client.ts';
import { useChange } from './use-change.ts';

type Sent = { input: string; key: string; answer: (result: string) => void; fail: (error: Error) => void };
let sent: Sent[];

function Press({ input }: { input: string }) {
  const change = useChange({
    change: (given: string, key) =>
      new Promise<string>((answer, fail) => void sent.push({ input: given, key, answer, fail })),
  });
  return (
    <Button pending={change.isPending} onClick={() => change.mutate(input)}>
      {change.error?.message ?? change.data ?? 'Book'}
    </Button>
  );
}

const page = (input: string) => (
  <QueryClientProvider client={createQueryClient()}>
    <Press input={input} />
  </QueryClientProvider>
);
const button = () => screen.getByRole('button');
const press = () => button().click();

beforeEach(() => {
  sent = [];
});

it('is sent once for presses in one turn, and the button is busy and focused from the first', async () => {
  render(page('a'));
  button().focus();
  act(() => {
    press();
    press();
    press();
  });
  expect(button()).toHaveAttribute('aria-busy', 'true');
  expect(button()).toHaveFocus();
  await waitFor(() => expect(sent).toHaveLength(1));
  fireEvent.click(button());
  await act(async () => sent[0]?.answer('booked'));
  await waitFor(() => expect(button()).toHaveTextContent('booked'));
  expect(button()).not.toHaveAttribute('aria-busy');
  expect(sent).toHaveLength(1);
});

it('does not take the second half of a double click for a new one where the answer was quicker', async () => {
  render(page('a'));
  press();
  await waitFor(() => expect(sent).toHaveLength(1));
  await act(async () => sent[0]?.answer('booked'));
  await waitFor(() => expect(button()).toHaveTextContent('booked'));
  press();
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(sent).toHaveLength(1);
  await act(() => new Promise((resolve) => setTimeout(resolve, 700)));
  press();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

it('is sent again with its key after a press without an answer, at once and as long as it asks for the same', async () => {
  render(page('a'));
  press();
  await waitFor(() => expect(sent).toHaveLength(1));
  await act(async () =>
    sent[0]?.fail(new ApiError({ status: 0, code: 'unreachable', message: 'Can’t be reached.' })),
  );
  await waitFor(() => expect(button()).toHaveTextContent('Can’t be reached.'));
  press();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.key).toBe(sent[0]?.key);
  await act(async () => sent[1]?.fail(new ApiError({ status: 409, code: 'conflict', message: 'Busy.' })));
  await waitFor(() => expect(button()).toHaveTextContent('Busy.'));
  press();
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[2]?.key).not.toBe(sent[0]?.key);
});

function Confirmation() {
  const asked = useConfirmationAsked();
  if (asked === null) return null;
  return (
    <dialog open>
      <button onClick={asked.confirmed}>Yes</button>
      <button onClick={() => asked.refused(notConfirmed())}>No</button>
    </dialog>
  );
}

const pageWithConfirmation = () => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Press input="a" />
      <Press input="b" />
      <Confirmation />
    </QueryClientProvider>,
  );
  const [first, second] = screen.getAllByRole('button');
  if (first === undefined || second === undefined) throw new Error('there are two buttons');
  return { first, second };
};
const needed = () =>
  new ApiError({ status: 403, code: 'confirmation-needed', message: 'Confirm first that it is you.' });

it('asks once where a confirmation is needed, then sends the same again with its key', async () => {
  const { first, second } = pageWithConfirmation();
  fireEvent.click(first);
  fireEvent.click(second);
  await waitFor(() => expect(sent).toHaveLength(2));
  await act(async () => sent.forEach(({ fail }) => fail(needed())));
  expect(first).toHaveAttribute('aria-busy', 'true');
  await act(async () => screen.getByRole('button', { name: 'Yes' }).click());
  await waitFor(() => expect(sent).toHaveLength(4));
  expect(sent.map(({ input }) => input)).toEqual(['a', 'b', 'a', 'b']);
  expect(sent.slice(2).map(({ key }) => key)).toEqual(sent.slice(0, 2).map(({ key }) => key));
  expect(screen.queryByRole('dialog')).toBeNull();
  await act(async () => sent[2]?.answer('booked'));
  await waitFor(() => expect(first).toHaveTextContent('booked'));
});

it('sends nothing more where the person does not confirm, and says that nothing was done', async () => {
  const { first } = pageWithConfirmation();
  fireEvent.click(first);
  await waitFor(() => expect(sent).toHaveLength(1));
  await act(async () => sent[0]?.fail(needed()));
  await act(async () => screen.getByRole('button', { name: 'No' }).click());
  await waitFor(() => expect(first).toHaveTextContent('You did not confirm that it is you.'));
  expect(sent).toHaveLength(1);
  fireEvent.click(first);
  await waitFor(() => expect(sent).toHaveLength(2));
  await act(async () => sent[1]?.fail(needed()));
  expect(screen.getByRole('dialog')).toBeVisible();
});
