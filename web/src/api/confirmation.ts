import { createStore, useStore } from '../lib/store.ts';
import { ApiError } from './http.ts';

/** A request waits until the person has confirmed that it is them. */
export type Asked = { confirmed: () => void; refused: (error: ApiError) => void };

const askedStore = createStore<Asked | null>(null);
export const useConfirmationAsked = (): Asked | null => useStore(askedStore);

let answer: Promise<void> | null = null;

/** Requests that need it at the same time share one question. */
function ask(): Promise<void> {
  answer ??= new Promise<void>((confirmed, refused) => askedStore.set({ confirmed, refused })).finally(() => {
    answer = null;
    askedStore.set(null);
  });
  return answer;
}

/**
 * Sends again once the person has confirmed, where the server asks for that first.
 * @throws ApiError where they do not: nothing was done then.
 */
export async function withConfirmation<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'confirmation-needed') throw error;
    await ask();
    return send();
  }
}

export const notConfirmed = (): ApiError =>
  new ApiError({
    status: 403,
    code: 'confirmation-needed',
    message: 'You did not confirm that it is you.',
    hint: 'Nothing was done.',
  });
