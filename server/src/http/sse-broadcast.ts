import type { ServerEvent } from '@cyclorama/shared/events.ts';

import type { EventHub } from '../lib/event-hub.ts';
import { createTickBuilder } from './sse-tick.ts';
import type { TickBuilder } from './sse-tick.ts';

const TICK_MS = 100;
/** Writing to this many streams takes a few milliseconds; then other requests run. */
const SLICE = 200;
const KEPT_TICKS = 1_024;
const KEPT_BYTES = 2 * 1024 * 1024;
/** A larger tick costs a browser more than reloading what it shows. */
const MAX_TICK_BYTES = 512 * 1024;

export type Tick = {
  sequence: number;
  /** Null where nothing in it is for this person. */
  bytesFor(person: string): Buffer | null;
  readonly size: number;
};

export type Reader = { send(tick: Tick): void };

export type TickLog = {
  /** Whoever resumes from here has missed nothing. */
  readonly lastSequence: number;
  idOf(sequence: number): string;
  /** Null for the id of another process, or no id. */
  sequenceOf(id: string): number | null;
  /** Null where they are no longer all kept. */
  since(sequence: number): Tick[] | null;
};

export type Broadcast<R extends Reader> = TickLog & {
  /** Hands a reader every tick from now on. Returns how to leave. */
  join(reader: R): () => void;
  /** In slices that let other requests through. */
  each(visit: (reader: R) => void): Promise<void>;
  /** Stops sending. Returns the remaining readers. */
  close(): R[];
};

type Options = { hub: Pick<EventHub, 'epoch' | 'subscribe'>; tickMs?: number | undefined };

/**
 * Events are gathered into ticks, at most one per `tickMs`, shared by all readers. The newest ticks are kept for
 * reconnecting and slow readers: lagging costs the server a number, not a buffer.
 */
export function createBroadcast<R extends Reader>({ hub, tickMs = TICK_MS }: Options): Broadcast<R> {
  const readers = new Set<R>();
  const kept: Tick[] = [];
  let keptBytes = 0;
  let sequence = 0;
  let shared = createTickBuilder();
  let personal = new Map<string, TickBuilder>();
  let timer: NodeJS.Timeout | undefined;
  let sending = false;
  let pending = false;
  let notBefore = 0;

  const idOf = (of: number): string => `${hub.epoch}.${of}`;
  const each = async (visit: (reader: R) => void): Promise<void> => {
    let visited = 0;
    for (const reader of readers) {
      visit(reader);
      visited += 1;
      if (visited % SLICE === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
  };
  const keep = (tick: Tick): void => {
    kept.push(tick);
    keptBytes += tick.size;
    while (kept.length > KEPT_TICKS || (keptBytes > KEPT_BYTES && kept.length > 1)) {
      keptBytes -= kept.shift()?.size ?? 0;
    }
  };
  const take = (): Tick => {
    const ofPeople = new Map([...personal].map(([person, builder]) => [person, builder.take()]));
    personal = new Map();
    sequence += 1;
    return tickOf(sequence, idOf(sequence), shared.take(), ofPeople);
  };
  const flush = async (): Promise<void> => {
    timer = undefined;
    pending = false;
    sending = true;
    const begun = performance.now();
    const tick = take();
    keep(tick);
    await each((reader) => reader.send(tick));
    const ended = performance.now();
    // With many streams a tick takes long; at least as much time is left for everything else.
    notBefore = Math.max(begun + tickMs, ended + (ended - begun));
    sending = false;
    if (pending) schedule();
  };
  const schedule = (): void => {
    pending = true;
    if (sending) return;
    timer ??= setTimeout(() => void flush(), Math.max(0, notBefore - performance.now()));
  };
  const unsubscribe = hub.subscribe((event, only) => {
    if (only === null) shared.add(event);
    else {
      const builder = personal.get(only) ?? createTickBuilder();
      personal.set(only, builder);
      builder.add(event);
    }
    schedule();
  });

  return {
    get lastSequence() {
      return sequence;
    },
    idOf,
    sequenceOf(id) {
      const [epoch, count] = id.split('.');
      const found = Number(count);
      return epoch === hub.epoch && Number.isInteger(found) && found <= sequence ? found : null;
    },
    since(from) {
      const behind = sequence - from;
      return behind > kept.length ? null : kept.slice(kept.length - behind);
    },
    join(reader) {
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    each,
    close() {
      unsubscribe();
      clearTimeout(timer);
      return [...readers];
    },
  };
}

function tickOf(
  sequence: number,
  id: string,
  shared: readonly ServerEvent[],
  personal: ReadonlyMap<string, readonly ServerEvent[]>,
): Tick {
  // Only the last event has the id: a connection cut before it resumes with the whole tick.
  const encode = (texts: readonly string[]): Buffer =>
    Buffer.from(texts.map((text, at) => (at === texts.length - 1 ? `id: ${id}\n${text}` : text)).join(''));
  let texts = shared.map(eventText);
  if (texts.reduce((sum, { length }) => sum + length, 0) > MAX_TICK_BYTES) {
    texts = [eventText({ type: 'resync', reason: 'Too much changed at once.' })];
  }
  const forAll = texts.length === 0 ? null : encode(texts);
  const forPeople = new Map(
    [...personal].map(([person, events]) => [person, encode([...events.map(eventText), ...texts])]),
  );
  return {
    sequence,
    size: [...forPeople.values()].reduce((sum, { length }) => sum + length, forAll?.length ?? 0),
    bytesFor: (person) => forPeople.get(person) ?? forAll,
  };
}

export function eventText(event: ServerEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
