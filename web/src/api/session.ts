import type { Role } from '@cyclorama/shared/common.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import { about, passkeyQuestion, session, signInAnswer } from '@cyclorama/shared/session.ts';
import type { PasskeyQuestion, Session, SignInRequest } from '@cyclorama/shared/session.ts';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';

import { basePath } from '../lib/base-path.ts';
import { createStore, useStore } from '../lib/store.ts';
import { ApiError, api, setCsrfToken, whenUnauthenticated } from './http.ts';
import { keys } from './keys.ts';
import { useChange } from './use-change.ts';

/** Why the session ended while the page was open; null while it is valid. */
const endedStore = createStore<string | null>(null);
export const useSessionEnded = (): string | null => useStore(endedStore);

export const endSession = (reason: string): void => endedStore.set(reason);

// The event stream has said why, or will.
whenUnauthenticated(() => {
  if (endedStore.get() === null) endSession('Your session has ended.');
});

/**
 * Null when signed out. A session that ends under an open page stays in the cache, so that the page keeps its state.
 */
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

export const aboutQuery = queryOptions({
  queryKey: keys.about,
  queryFn: ({ signal }) => api.get(paths.about(), about, { signal }),
  staleTime: Infinity,
});

/** The session the gate let in: read from the cache it would be gone under what is drawn once more while signing out. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const current = useContext(SessionContext);
  if (current === null) throw new Error('useSession was called outside the sign-in gate.');
  return current;
}

export const useCan = (role: Role): boolean => roleAllows(useSession().user.role, role);

/** Reads everything again: another person's data must not stay in the cache. */
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

/** @throws ApiError where the browser did not keep the cookie: it would lead back to the sign-in for ever. */
async function keptSession(): Promise<Session> {
  try {
    return await api.get(paths.session(), session);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    throw new ApiError({
      status: 401,
      code: 'unauthenticated',
      message: 'The browser did not keep the session’s cookie.',
      hint: 'Allow cookies for this site, then sign in again.',
    });
  }
}

/** Takes up a session begun in another tab; where there is none nothing changes. */
export async function resumeSession(client: QueryClient): Promise<void> {
  const found = await api.get(paths.session(), session).catch(() => null);
  if (found !== null) enter(client, found);
}

export function useSignIn() {
  const client = useQueryClient();
  return useChange({
    change: async (request: SignInRequest) => {
      const answer = await api.post(paths.session(), request, signInAnswer);
      if ('options' in answer) await answerByPasskey(answer);
      return keptSession();
    },
    onSuccess: (next) => enter(client, next),
    // gcTime 0: the password must not stay in the mutation cache.
    gcTime: 0,
  });
}

export function useSignInByPasskey() {
  const client = useQueryClient();
  return useChange({
    change: async () => {
      await answerByPasskey(await api.post(paths.sessionPasskeyOptions(), {}, passkeyQuestion));
      return keptSession();
    },
    onSuccess: (next) => enter(client, next),
  });
}

async function answerByPasskey(question: PasskeyQuestion): Promise<void> {
  const { askForPasskey } = await import('./passkey-prompt.ts');
  await api.post(paths.sessionPasskey(), { answer: await askForPasskey(question) }, session);
}

export function useSignOut() {
  const client = useQueryClient();
  return useChange({
    change: async () => {
      try {
        await api.delete(paths.session());
      } catch (error) {
        // 401: the session had ended already.
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
    },
    onSuccess: () => {
      // The provider's own session would sign the next one at this browser in again.
      if (client.getQueryData(sessionQuery.queryKey)?.way === 'oidc') {
        window.location.assign(basePath + paths.signOutOidc());
        return;
      }
      setCsrfToken(null);
      endedStore.set(null);
      client.setQueryData(sessionQuery.queryKey, null);
      client.removeQueries({
        predicate: ({ queryKey }) => !['session', 'about'].includes(String(queryKey[0])),
      });
    },
  });
}
