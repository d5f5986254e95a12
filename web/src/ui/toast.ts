import { fetchedPart } from '../lib/fetched-part.ts';
import { createStore, useStore } from '../lib/store.ts';

const requested = createStore(false);
let nowMounted: () => void = () => {};
const mounted = new Promise<void>((resolve) => {
  nowMounted = resolve;
});

/** True from the first toast on; the shell then mounts the toaster. */
export const useHasToasts = (): boolean => useStore(requested);

export const toasterMounted = (): void => nowMounted();

async function show(
  kind: 'success' | 'error' | 'info',
  message: string,
  description?: string,
): Promise<void> {
  requested.set(true);
  const [{ toast: sonner }] = await Promise.all([fetchedPart(() => import('sonner')), mounted]);
  sonner[kind](message, description === undefined ? {} : { description });
}

/**
 * For news that happened away from the person's focus; failures belong where the person acted. The library is loaded
 * with the first toast.
 */
export const toast = {
  success: (message: string, description?: string) => void show('success', message, description),
  error: (message: string, description?: string) => void show('error', message, description),
  info: (message: string, description?: string) => void show('info', message, description),
};
