import type { Role } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import { about, session } from '@cyclorama/shared/session.ts';
import type { Session, SignInRequest } from '@cyclorama/shared/session.ts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';

import { createStore, useStore } from '../lib/store.ts';
import { ApiError, api, setCsrfToken, whenUnauthenticated } from './http.ts';
import { keys } from './keys.ts';

/** Why the session ended while the page was open; null while it holds. */
const endedStore = createStore<string | null>(null);
export const useSessionEnded = (): string | null => useStore(endedStore);

/** Marks the session as ended: the sign-in sheet comes up over the page. */
export const endSession = (reason: string): void => endedStore.set(reason);

whenUnauthenticated(() => endSession('Your session has ended.'));

/** Null where nobody is signed in. A session that ends under an open page stays, with the sign-in sheet over the page. */
async function readSession(signal: AbortSignal, before: Session | null): Promise<Session | null> {
  try {
    const current = await api.get(paths.session(), session, { signal });
    setCsrfToken(current.csrfToken);
    return current;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return before;
    throw error;
  }
}

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: ({ signal, client }) => readSession(signal, client.getQueryData<Session>(keys.session) ?? null),
  staleTime: Infinity,
  gcTime: Infinity,
});

/** Version and notice; needs no session. */
export const aboutQuery = queryOptions({
  queryKey: keys.about,
  queryFn: ({ signal }) => api.get(paths.about(), about, { signal }),
  staleTime: Infinity,
});

/** The session. Only inside the sign-in gate. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useSession was called outside the sign-in gate.');
  return data;
}

export const useCan = (role: Role): boolean => roleAllows(useSession().user.role, role);

/** Starts a session: everything is read again, and no other user's data stays in the cache. */
function enter(client: QueryClient, next: Session): void {
  const before = client.getQueryData(sessionQuery.queryKey);
  setCsrfToken(next.csrfToken);
  client.setQueryData(sessionQuery.queryKey, next);
  endedStore.set(null);
  const rest = {
    predicate: (query: { queryKey: readonly unknown[] }) => query.queryKey[0] !== keys.session[0],
  };
  if (before && before.user.name !== next.user.name) void client.resetQueries(rest);
  else void client.invalidateQueries(rest);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: SignInRequest) => api.post(paths.session(), request, session),
    onSuccess: (next) => enter(client, next),
    // The password stays in no cache.
    gcTime: 0,
  });
}

/** Signs out and clears the cache. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      try {
        await api.delete(paths.session());
      } catch (error) {
        // A session that has ended already is what was asked for.
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
    },
    onSuccess: () => {
      setCsrfToken(null);
      endedStore.set(null);
      client.setQueryData(sessionQuery.queryKey, null);
      client.removeQueries({
        predicate: ({ queryKey }) => !['session', 'about'].includes(String(queryKey[0])),
      });
    },
  });
}
