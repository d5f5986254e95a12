import { consoleResponse } from '@cyclorama/shared/output.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useEffect, useState } from 'react';

import { ApiError, api, isUnreachable, withQuery } from '../../../api/http.ts';
import { withNews } from './rules.ts';
import type { ShownConsole } from './rules.ts';

const AGAIN_MS = 2_000;

type Watched = { shown: ShownConsole | null; error: unknown };

/**
 * Follows a console while the page is seen: each request waits at the server for what comes next. `error` is the last
 * request's; what was shown before it stays. Where Cycle refuses, it ends.
 */
export function useConsole(instanceId: string): Watched {
  const [watched, setWatched] = useState<Watched>({ shown: null, error: null });
  useEffect(() => {
    const abort = new AbortController();
    void follow(instanceId, abort.signal, setWatched);
    return () => abort.abort();
  }, [instanceId]);
  return watched;
}

async function follow(
  instanceId: string,
  signal: AbortSignal,
  set: (change: (before: Watched) => Watched) => void,
): Promise<void> {
  let after: string | undefined;
  while (!signal.aborted) {
    await seen(signal);
    try {
      const path = withQuery(environmentPaths.instanceConsole(instanceId), { after });
      const news = await api.get(path, consoleResponse, { signal });
      ({ after } = news);
      set(({ shown }) => ({ shown: withNews(shown, news), error: null }));
    } catch (error) {
      if (signal.aborted) return;
      set(({ shown }) => ({ shown, error }));
      if (!isPassing(error)) return;
      await passed(AGAIN_MS, signal);
    }
  }
}

const isPassing = (error: unknown): boolean =>
  isUnreachable(error) ||
  (error instanceof ApiError &&
    ['starting', 'shutting-down', 'rate-limited', 'internal'].includes(error.code));

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

function seen(signal: AbortSignal): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    const both = new AbortController();
    const done = () => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      both.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', done, { signal: both.signal });
    signal.addEventListener('abort', done, { signal: both.signal });
  });
}
