import { randomBytes } from 'node:crypto';

import type { ServerEvent } from '@cyclorama/shared/events.ts';

/**
 * `only`: the person whose streams may get the event; null: everybody. `isRelayed`: another replica published it first.
 */
export type EventListener = (event: ServerEvent, only: string | null, isRelayed: boolean) => void;

export type EventHub = {
  /** Identifies this process; part of every event id. */
  readonly epoch: string;
  /** To everybody, or to one person's streams only. The event must not be changed afterwards. */
  publish(event: ServerEvent, only?: string): void;
  /** The same for what another replica published. */
  relay(event: ServerEvent, only: string | null): void;
  /** Listeners run synchronously. Returns how to unsubscribe. */
  subscribe(listener: EventListener): () => void;
  /** Counts an open stream of a person. Returns how to uncount it. */
  watch(person: string): () => void;
  readonly watchers: number;
  readonly people: ReadonlySet<string>;
};

export function createEventHub(epoch = randomBytes(6).toString('hex')): EventHub {
  const listeners = new Set<EventListener>();
  const streams = new Map<string, number>();
  let watchers = 0;
  const count = (person: string, by: 1 | -1): void => {
    watchers += by;
    const left = (streams.get(person) ?? 0) + by;
    if (left > 0) streams.set(person, left);
    else streams.delete(person);
  };
  return {
    epoch,
    get watchers() {
      return watchers;
    },
    get people() {
      return new Set(streams.keys());
    },
    publish(event, only) {
      for (const listener of listeners) listener(event, only ?? null, false);
    },
    relay(event, only) {
      for (const listener of listeners) listener(event, only, true);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch(person) {
      let open = true;
      count(person, 1);
      return () => {
        if (open) count(person, -1);
        open = false;
      };
    },
  };
}
