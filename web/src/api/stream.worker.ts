import { createStreamHub } from './stream-hub.ts';
import type { ToHub } from './stream-hub.ts';

const receive = createStreamHub({
  open: (url) => new EventSource(url),
  now: Date.now,
  random: Math.random,
});

// The `dom` library has no type for a shared worker's global scope.
const scope = self as unknown as SharedWorkerGlobalScope;
scope.addEventListener('connect', ({ ports: [port] }) => {
  if (port === undefined) return;
  const page = { post: (message: unknown) => port.postMessage(message, []) };
  port.addEventListener('message', ({ data }: MessageEvent<ToHub>) => receive(page, data));
  // A crashed page sends no `leave`; browsers that support `close` report it.
  port.addEventListener('close', () => receive(page, { kind: 'leave' }));
  port.start();
});
