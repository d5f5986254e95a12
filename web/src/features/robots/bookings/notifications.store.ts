import { createStore, useStore } from '../../../lib/store.ts';

export type NotifyState = 'unsupported' | 'default' | 'granted' | 'denied';

const read = (): NotifyState => ('Notification' in globalThis ? Notification.permission : 'unsupported');
const store = createStore<NotifyState>(read());

/** Whether this browser may show notifications; they need a page served over HTTPS or from this very machine. */
export const useNotifyState = (): NotifyState => useStore(store);

/** Asks the person. Only ever called by a press of a button. */
export async function askToNotify(): Promise<void> {
  if (!('Notification' in globalThis)) return;
  await Notification.requestPermission();
  store.set(read());
}

/** Shows a notification where that is permitted and nobody looks at the page; `tag` makes a later one replace it. */
export function notify(title: string, text: string, tag: string, onOpen: () => void): void {
  if (read() !== 'granted' || (document.visibilityState === 'visible' && document.hasFocus())) return;
  const notification = new Notification(title, { body: text, tag });
  notification.addEventListener('click', () => {
    window.focus();
    onOpen();
    notification.close();
  });
}
