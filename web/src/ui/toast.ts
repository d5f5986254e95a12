import { fetchedPart } from '../lib/fetched-part.ts';
import { createStore, useStore } from '../lib/store.ts';

const wanted = createStore(false);
let nowMounted: () => void = () => {};
const mounted = new Promise<void>((resolve) => {
  nowMounted = resolve;
});

/** True from the first toast on; the shell then mounts the toaster. */
export const useToasterWanted = (): boolean => useStore(wanted);

/** Called by the toaster once it is mounted. */
export const toasterMounted = (): void => nowMounted();

async function show(
  kind: 'success' | 'error' | 'info',
  message: string,
  description?: string,
): Promise<void> {
  wanted.set(true);
  const [{ toast: sonner }] = await Promise.all([fetchedPart(() => import('sonner')), mounted]);
  sonner[kind](message, description === undefined ? {} : { description });
}

/**
 * Short news in a corner, for what happened away from where the person looks. The library is fetched with the
 * first toast: the first page doesn't pay for it. Failures that need reading belong where the person acted.
 */
export const toast = {
  success: (message: string, description?: string) => void show('success', message, description),
  error: (message: string, description?: string) => void show('error', message, description),
  info: (message: string, description?: string) => void show('info', message, description),
};
