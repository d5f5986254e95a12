import { randomBytes } from 'node:crypto';

import type { ServerEvent } from '@cyclorama/shared/events.ts';

/** One event as it goes over the wire, made once for all who watch. */
export type Frame = { id: string; type: ServerEvent['type']; bytes: Buffer };

export type EventHub = {
  /** Names this process; part of every event id. */
  readonly epoch: string;
  /** Id of the newest event: whoever resumes from here has missed nothing so far. */
  readonly lastId: string;
  publish(event: ServerEvent): void;
  /**
   * Starts sending frames to `sink`. With the last id a browser saw, what it missed comes first; null means
   * that can't be told and the browser must read everything anew.
   */
  subscribe(
    sink: (frame: Frame) => void,
    lastEventId?: string,
  ): { missed: Frame[] | null; unsubscribe(): void };
  readonly watchers: number;
};

/** Fans every event out to all subscribers and keeps the newest `keep` for those who come back. */
export function createEventHub({ keep = 512, epoch = randomBytes(6).toString('hex') } = {}): EventHub {
  const sinks = new Set<(frame: Frame) => void>();
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
    publish(event) {
      const id = `${epoch}.${++sequence}`;
      const frame: Frame = {
        id,
        type: event.type,
        bytes: Buffer.from(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`),
      };
      recent.push(frame);
      if (recent.length > keep) recent.shift();
      for (const sink of sinks) sink(frame);
    },
    subscribe(sink, lastEventId) {
      const missed = lastEventId === undefined ? [] : missedSince(lastEventId);
      sinks.add(sink);
      return { missed, unsubscribe: () => void sinks.delete(sink) };
    },
  };
}
