import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { useSessionEnded } from './session.ts';
import { startStream } from './stream.ts';

/** Keeps the event stream open for as long as somebody is signed in. */
export function useStream(): void {
  const client = useQueryClient();
  const ended = useSessionEnded() !== null;
  useEffect(() => {
    if (ended) return undefined;
    return startStream(client, {
      open: (url) => new EventSource(url),
      now: Date.now,
      random: Math.random,
    });
  }, [client, ended]);
}
