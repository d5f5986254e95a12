import { createStore, keepChoice, readChoice, useStore } from '../../lib/store.ts';

const KEY = 'cyclorama-alert-notifications';
const store = createStore<'off' | 'on'>(readChoice(KEY, ['off', 'on']));

/** Whether this browser shows alerts as notifications. */
export const useAlertNotifications = (): boolean => useStore(store) === 'on';

export function setAlertNotifications(isOn: boolean): void {
  keepChoice(KEY, isOn ? 'on' : 'off');
  store.set(isOn ? 'on' : 'off');
}
