import { createStreamHub } from './stream-hub.ts';
import type { ToHub } from './stream-hub.ts';

const receive = createStreamHub({
  open: (url) => new EventSource(url),
  now: Date.now,
  random: Math.random,
});

// The type of a shared worker's global scope is not told apart from a window's.
const scope = self as unknown as SharedWorkerGlobalScope;
scope.addEventListener('connect', ({ ports: [port] }) => {
  if (port === undefined) return;
  const page = { post: (message: unknown) => port.postMessage(message, []) };
  port.addEventListener('message', ({ data }: MessageEvent<ToHub>) => receive(page, data));
  // A page that crashed says no goodbye; browsers that know of it tell.
  port.addEventListener('close', () => receive(page, { kind: 'leave' }));
  port.start();
});
