import { QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { Button } from '../ui/button.tsx';
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
