import { createStore, useStore } from '../lib/store.ts';

/** `live`: event stream · `delayed`: polling since `since` · `offline`: neither. */
export type Connection = {
  state: 'connecting' | 'live' | 'delayed' | 'offline';
  since: number;
};

const store = createStore<Connection>({ state: 'connecting', since: 0 });

export const useConnection = (): Connection => useStore(store);
export const getConnection = (): Connection => store.get();

/** `since` is kept when the state stays, or changes between `delayed` and `offline`. */
export function setConnection(state: Connection['state'], now: number): void {
  const current = store.get();
  const down = (each: Connection['state']) => each === 'delayed' || each === 'offline';
  if (current.state === state) return;
  store.set({ state, since: down(current.state) && down(state) ? current.since : now });
}

const telemetryStore = createStore<number>(0);

export const useTelemetryTick = (): number => useStore(telemetryStore);
export const setTelemetryTick = (at: number): void => telemetryStore.set(at);
