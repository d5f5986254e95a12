import { useMutation } from '@tanstack/react-query';
import type { MutateOptions, UseMutationOptions } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { createAttempts } from './attempt.ts';
import { withConfirmation } from './confirmation.ts';

/** A second press this soon belongs to a double click, even where the first was answered already. */
const DOUBLE_PRESS_MS = 700;

type Options<In, Out> = Omit<UseMutationOptions<Out, Error, In>, 'mutationFn'> & {
  /** Sends it; `key` goes into the request's `Idempotency-Key`. */
  change: (input: In, key: string) => Promise<Out>;
};

/**
 * A change of the server's state, one at a time: pending from the very press until its result is on the screen, and
 * further presses meanwhile do nothing. State alone comes too late for that, as a second press can arrive before React
 * has rendered the first.
 */
export function useChange<In = void, Out = unknown>({ change, ...options }: Options<In, Out>) {
  const [attempts] = useState(createAttempts);
  const isTaken = useRef(false);
  const last = useRef<{ input: string; at: number } | null>(null);
  const [pressed, setPressed] = useState<{ input: In; sentAt: number | null } | null>(null);
  const mutation = useMutation<Out, Error, In>({
    ...options,
    async mutationFn(input) {
      try {
        const key = attempts.keyFor(input);
        const result = await withConfirmation(() => {
          const answer = change(input, key);
          setPressed({ input, sentAt: Date.now() });
          return answer;
        });
        attempts.answered();
        return result;
      } catch (error) {
        attempts.failed(error);
        // What failed may be tried again at once.
        last.current = null;
        throw error;
      }
    },
  });
  const { data, error, isError, isSuccess } = mutation;
  const isPending = mutation.isPending || pressed !== null;

  // Not before the result is on the screen.
  useEffect(() => {
    if (!isPending) isTaken.current = false;
  });

  const mutate = (input: In, callbacks?: MutateOptions<Out, Error, In>): void => {
    if (isTaken.current) return;
    const press = { input: JSON.stringify(input) ?? '', at: performance.now() };
    if (last.current?.input === press.input && press.at - last.current.at < DOUBLE_PRESS_MS) return;
    isTaken.current = true;
    last.current = press;
    setPressed({ input, sentAt: null });
    mutation.mutate(input, {
      ...callbacks,
      onSettled: (...result) => {
        setPressed(null);
        callbacks?.onSettled?.(...result);
      },
    });
  };

  return {
    data,
    error,
    isError,
    isPending,
    isSuccess,
    /** Null until the request has left. */
    sentAt: pressed?.sentAt ?? null,
    variables: pressed === null ? mutation.variables : pressed.input,
    reset: () => {
      setPressed(null);
      mutation.reset();
    },
    mutate,
  };
}
