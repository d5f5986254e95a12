import { awaitsNotifications } from '../lib/notifications.ts';
import { createStreamHub } from './stream-hub.ts';
import type { FromHub, ToHub } from './stream-hub.ts';
// oxlint-disable-next-line import/default -- the address of the built worker, made by Vite
import workerUrl from './stream.worker.ts?worker&url';

const ANSWERS_WITHIN_MS = 4000;
/**
 * Without a shared worker a hidden page keeps its stream this long, or for as long as it is to notify of what comes: a
 * browser has six connections per host.
 */
const HIDDEN_FOR_MS = 15_000;

export type Link = {
  send: (message: ToHub) => void;
  close: () => void;
};

export type LinkOptions = {
  /** Pages of one session share one stream. */
  session: string;
  attach: () => Extract<ToHub, { kind: 'attach' }>;
  receive: (message: FromHub) => void;
};

/**
 * A shared worker: one stream for all pages of the browser, not throttled while they are hidden, and available on plain
 * http. Without one, or when it doesn't answer, the page opens its own stream.
 */
export function openLink(options: LinkOptions): Link {
  if (typeof SharedWorker === 'undefined') return ownStream(options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isShared = true;
  let link: Link;
  const useOwn = () => {
    clearTimeout(timer);
    if (!isShared) return;
    isShared = false;
    link.close();
    link = ownStream(options);
  };
  const expectAnswer = () => {
    clearTimeout(timer);
    if (isShared) timer = setTimeout(useOwn, ANSWERS_WITHIN_MS);
  };
  const receive = (message: FromHub) => {
    clearTimeout(timer);
    options.receive(message);
  };
  link = sharedStream({ ...options, receive }, useOwn);
  expectAnswer();
  return {
    send(message) {
      link.send(message);
      if (message.kind === 'check') expectAnswer();
    },
    close() {
      clearTimeout(timer);
      link.close();
    },
  };
}

function sharedStream({ session, attach, receive }: LinkOptions, onError: () => void): Link {
  const worker = new SharedWorker(workerUrl, { type: 'module', name: `cyclorama ${session}` });
  const send = (message: ToHub) => worker.port.postMessage(message, []);
  const leave = () => send({ kind: 'leave' });
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) send(attach());
  };
  worker.addEventListener('error', onError);
  worker.port.addEventListener('message', ({ data }: MessageEvent<FromHub>) => receive(data));
  worker.port.start();
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', comeBack);
  send(attach());
  return {
    send,
    close() {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', comeBack);
      leave();
      worker.port.close();
    },
  };
}

function ownStream({ attach, receive }: LinkOptions): Link {
  const hub = createStreamHub({ open: (url) => new EventSource(url), now: Date.now, random: Math.random });
  const port = { post: receive };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;
  const open = () => {
    if (isOpen) return;
    isOpen = true;
    hub(port, attach());
  };
  const close = () => {
    clearTimeout(timer);
    isOpen = false;
    hub(port, { kind: 'leave' });
  };
  const hide = (hidden: boolean) => {
    clearTimeout(timer);
    if (hidden) timer = setTimeout(() => !awaitsNotifications() && close(), HIDDEN_FOR_MS);
    else if (!isOpen) {
      open();
      receive({ kind: 'missed' });
    }
  };
  open();
  hide(attach().hidden);
  return {
    send(message) {
      if (message.kind === 'hidden') hide(message.hidden);
      hub(port, message);
    },
    close,
  };
}
