// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { awaitNotifications } from '../lib/notifications.ts';
import { openLink } from './stream-link.ts';
import type { Link } from './stream-link.ts';

const MINUTE_MS = 60_000;
let open = 0;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  open = 0;
  class CountedSource extends EventTarget {
    constructor() {
      super();
      open += 1;
    }
    close(): void {
      open -= 1;
    }
  }
  vi.stubGlobal('EventSource', CountedSource);
  const attach = () =>
    ({ kind: 'attach', url: '/api/events', heartbeatMs: 10 * MINUTE_MS, since: '', hidden: false }) as const;
  // There is no shared worker here.
  link = openLink({ session: 'ada', attach, receive: () => undefined });
});
afterEach(() => {
  link.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('has no stream of its own while the page is hidden for long', () => {
  link.send({ kind: 'hidden', hidden: true });
  expect(open).toBe(1);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(open).toBe(0);
  link.send({ kind: 'hidden', hidden: false });
  expect(open).toBe(1);
});

it('keeps its stream while it is to notify of what comes', () => {
  const stop = awaitNotifications();
  link.send({ kind: 'hidden', hidden: true });
  vi.advanceTimersByTime(MINUTE_MS);
  expect(open).toBe(1);
  stop();
  link.send({ kind: 'hidden', hidden: false });
  link.send({ kind: 'hidden', hidden: true });
  vi.advanceTimersByTime(MINUTE_MS);
  expect(open).toBe(0);
});
