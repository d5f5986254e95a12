import { createStore, useStore } from '../lib/store.ts';

/**
 * How the page hears of changes: `live` by the stream, `delayed` by polling while the stream is down (since when),
 * `offline` not at all.
 */
export type Connection = {
  state: 'connecting' | 'live' | 'delayed' | 'offline';
  since: number;
};

const store = createStore<Connection>({ state: 'connecting', since: 0 });

export const useConnection = (): Connection => useStore(store);
export const getConnection = (): Connection => store.get();

/** Sets the state; the time stays where the state does, and where `delayed` turns `offline` or back. */
export function setConnection(state: Connection['state'], now: number): void {
  const current = store.get();
  const down = (each: Connection['state']) => each === 'delayed' || each === 'offline';
  if (current.state === state) return;
  store.set({ state, since: down(current.state) && down(state) ? current.since : now });
}

const telemetryStore = createStore<number>(0);

/** Epoch milliseconds of the newest sample the stream told of; telemetry queries follow it. */
export const useTelemetryTick = (): number => useStore(telemetryStore);
export const setTelemetryTick = (at: number): void => telemetryStore.set(at);
