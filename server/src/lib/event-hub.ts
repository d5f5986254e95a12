import { randomBytes } from 'node:crypto';

import type { ServerEvent } from '@cyclorama/shared/events.ts';

/** One event as it goes over the wire. */
export type Frame = {
  id: string;
  type: ServerEvent['type'];
  /** Made when the first who watches asks, once for all. */
  readonly bytes: Buffer;
  /** Whose streams it may go to; null: everybody's. */
  only: string | null;
};

export type EventHub = {
  /** Names this process; part of every event id. */
  readonly epoch: string;
  /** Id of the newest event: whoever resumes from here has missed nothing so far. */
  readonly lastId: string;
  /** Sends an event to everybody, or to one person's streams only. The event must not be changed afterwards. */
  publish(event: ServerEvent, only?: string): void;
  /**
   * Starts sending frames to `sink`. With the last id a browser saw, what it missed comes first; null means
   * that can't be told and the browser must read everything anew. Without a person, frames
   * for one person only are not among them.
   */
  subscribe(
    sink: (frame: Frame) => void,
    lastEventId?: string,
    person?: string,
  ): { missed: Frame[] | null; unsubscribe(): void };
  readonly watchers: number;
  /** Who has a stream open now. */
  readonly people: ReadonlySet<string>;
};

/** Fans every event out to all subscribers and keeps the newest `keep` for those who come back. */
export function createEventHub({ keep = 512, epoch = randomBytes(6).toString('hex') } = {}): EventHub {
  /** Each with the person whose stream it is. */
  const sinks = new Map<(frame: Frame) => void, string | undefined>();
  const recent: Frame[] = [];
  let sequence = 0;

  const missedSince = (lastEventId: string): Frame[] | null => {
    const [theirEpoch, count] = lastEventId.split('.');
    const seen = Number(count);
    if (theirEpoch !== epoch || !Number.isInteger(seen) || seen > sequence) return null;
    const behind = sequence - seen;
    return behind > recent.length ? null : recent.slice(recent.length - behind);
  };

  return {
    epoch,
    get lastId() {
      return `${epoch}.${sequence}`;
    },
    get watchers() {
      return sinks.size;
    },
    get people() {
      return new Set([...sinks.values()].filter((person) => person !== undefined));
    },
    publish(event, only) {
      const frame = frameOf(`${epoch}.${++sequence}`, event, only ?? null);
      recent.push(frame);
      if (recent.length > keep) recent.shift();
      for (const [sink, person] of sinks) if (isFor(frame, person)) sink(frame);
    },
    subscribe(sink, lastEventId, person) {
      const missed = lastEventId === undefined ? [] : missedSince(lastEventId);
      sinks.set(sink, person);
      return {
        missed: missed && missed.filter((frame) => isFor(frame, person)),
        unsubscribe: () => void sinks.delete(sink),
      };
    },
  };
}

function frameOf(id: string, event: ServerEvent, only: string | null): Frame {
  let bytes: Buffer | undefined;
  return {
    id,
    type: event.type,
    only,
    get bytes() {
      bytes ??= Buffer.from(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
      return bytes;
    },
  };
}

function isFor({ only }: Frame, person: string | undefined): boolean {
  return only === null || only === person;
}
