import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

import type { ActivityWay } from '@cyclorama/shared/activity.ts';

/** `id`: the session, or the access token, of the given name. */
export type WayIn = { kind: ActivityWay; id: string; name: string | null };

/** W3C Trace Context: 32 and 2 hexadecimal digits. */
export type Trace = { id: string; flags: string };

export type RequestContext = {
  readonly requestId: string;
  readonly trace: Trace | null;
  readonly address: string | null;
  /** Null until the request's session or access token is known. */
  caller: { person: string; way: WayIn } | null;
};

const contexts = new AsyncLocalStorage<RequestContext | undefined>();

/** All that `work` begins belongs to this request. */
export function inRequest<T>(context: RequestContext, work: () => T): T {
  return contexts.run(context, work);
}

/** Undefined outside a request. */
export function currentRequest(): RequestContext | undefined {
  return contexts.getStore();
}

/** Of a call to an upstream that is made for the request at work, so that the upstream's log can be joined with ours. */
export function traceHeaders(): Record<string, string> {
  const trace = contexts.getStore()?.trace ?? null;
  if (trace === null) return {};
  return { traceparent: `00-${trace.id}-${randomBytes(8).toString('hex')}-${trace.flags}` };
}

/** For work that several requests share, or that goes on after them. */
export function outsideRequests<T>(work: () => T): T {
  return contexts.run(undefined, work);
}

/** `work` keeps the request it was made in, whoever calls it. */
export function boundToRequest<T extends (...args: never[]) => unknown>(work: T): T {
  return AsyncLocalStorage.bind(work);
}
