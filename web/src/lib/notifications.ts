import { createStore, useStore } from './store.ts';

export type NotifyState = 'unsupported' | 'default' | 'granted' | 'denied';

const read = (): NotifyState => ('Notification' in globalThis ? Notification.permission : 'unsupported');
const store = createStore<NotifyState>(read());

/** Notifications need a page served over HTTPS or from localhost. */
export const useNotifyState = (): NotifyState => useStore(store);

/** Must be called from a click: browsers refuse the prompt otherwise. */
export async function askToNotify(): Promise<void> {
  if (!('Notification' in globalThis)) return;
  await Notification.requestPermission();
  store.set(read());
}

let awaited = 0;

/** Until the returned function is called, what is to be notified of must be heard while the page is hidden too. */
export function awaitNotifications(): () => void {
  awaited += 1;
  return () => {
    awaited -= 1;
  };
}
export const awaitsNotifications = (): boolean => awaited > 0;

/** Shown only while permitted and the page is hidden; a later one with the same `tag` replaces it. */
export function notify(title: string, text: string, tag: string, onOpen: () => void): void {
  if (read() !== 'granted' || (document.visibilityState === 'visible' && document.hasFocus())) return;
  const notification = new Notification(title, { body: text, tag });
  notification.addEventListener('click', () => {
    window.focus();
    onOpen();
    notification.close();
  });
}
