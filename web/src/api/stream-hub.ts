import { startSource } from './stream-source.ts';
import type { Source, SourceDeps } from './stream-source.ts';

/** A hidden page with more queued events reads everything again instead. */
const MOST_KEPT = 300;
/** Delivered to hidden pages too. */
const WHILE_HIDDEN = new Set(['hello', 'heartbeat', 'booking', 'robot-free', 'alerts', 'signed-out']);

export type ToHub =
  | { kind: 'attach'; url: string; heartbeatMs: number; since: string; hidden: boolean }
  | { kind: 'hidden'; hidden: boolean }
  | { kind: 'check' }
  | { kind: 'leave' };

export type FromHub =
  /** The page is attached. `greeting`: the stream's `hello` and its newest server time. */
  | { kind: 'attached'; greeting: { hello: string; serverTime: string; receivedAt: number } | null }
  | { kind: 'event'; data: string }
  /** Events were dropped: the page must read again. */
  | { kind: 'missed' }
  | { kind: 'down' }
  /** Answer to `check`: the holder of the stream is alive. */
  | { kind: 'checked' };

export type PagePort = {
  post: (message: FromHub) => void;
};

type Page = { hidden: boolean; kept: string[]; missed: boolean };

/**
 * One stream for all pages of a browser. Hidden pages get only the events they act on unseen; others are queued for
 * them, or dropped when too many.
 */
export function createStreamHub(deps: SourceDeps): (port: PagePort, message: ToHub) => void {
  const pages = new Map<PagePort, Page>();
  let source: Source | null = null;
  let hello: string | null = null;
  let clock: { serverTime: string; receivedAt: number } | null = null;

  const deliver = (port: PagePort, page: Page, type: string, data: string) => {
    if (!page.hidden || WHILE_HIDDEN.has(type)) port.post({ kind: 'event', data });
    else if (page.kept.length < MOST_KEPT && !page.missed) page.kept.push(data);
    else {
      page.kept = [];
      page.missed = true;
    }
  };
  const onEvent = (data: string) => {
    const { type = '', serverTime } = wordOf(data);
    if (type === 'hello') hello = data;
    if (serverTime !== undefined) clock = { serverTime, receivedAt: deps.now() };
    for (const [port, page] of pages) deliver(port, page, type, data);
  };
  const onDown = () => {
    hello = null;
    for (const port of pages.keys()) port.post({ kind: 'down' });
  };
  const show = (port: PagePort, page: Page) => {
    const { kept, missed } = page;
    Object.assign(page, { kept: [], missed: false });
    if (missed) port.post({ kind: 'missed' });
    for (const data of kept) port.post({ kind: 'event', data });
  };

  return (port, message) => {
    if (message.kind === 'attach') {
      const { url, heartbeatMs, since, hidden } = message;
      pages.set(port, { hidden, kept: [], missed: false });
      source ??= startSource({ url, heartbeatMs, since, onEvent, onDown }, deps);
      port.post({ kind: 'attached', greeting: hello && clock ? { hello, ...clock } : null });
      return;
    }
    const page = pages.get(port);
    if (message.kind === 'check') {
      source?.check();
      port.post({ kind: 'checked' });
    } else if (message.kind === 'leave') {
      pages.delete(port);
      if (pages.size > 0) return;
      source?.stop();
      source = hello = clock = null;
    } else if (page !== undefined) {
      page.hidden = message.hidden;
      if (!page.hidden) show(port, page);
    }
  };
}

function wordOf(data: string): { type?: string; serverTime?: string } {
  try {
    return JSON.parse(data) as { type?: string; serverTime?: string };
  } catch {
    return {};
  }
}
