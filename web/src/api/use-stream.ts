import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { fetchedPart } from '../lib/fetched-part.ts';
import { useSession, useSessionEnded } from './session.ts';

export function useStream(): void {
  const client = useQueryClient();
  const ended = useSessionEnded() !== null;
  const { user, expiresAt } = useSession();
  const person = user.name;
  useEffect(() => {
    if (ended) return undefined;
    // Loaded after the first page, which doesn't wait for it.
    let stop: (() => void) | null = null;
    let unmounted = false;
    const start = async () => {
      const { startStream } = await fetchedPart(() => import('./stream.ts'));
      if (!unmounted) stop = startStream(client, { person, session: `${person} ${expiresAt}` });
    };
    void start();
    return () => {
      unmounted = true;
      stop?.();
    };
  }, [client, ended, person, expiresAt]);
}
