import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import type { ReactNode } from 'react';

import { useConfirmationAsked } from '../api/confirmation.ts';
import { SessionContext, aboutQuery, sessionQuery, useSessionEnded } from '../api/session.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { ErrorState } from '../ui/states.tsx';
import { NoticeLine } from './NoticeLine.tsx';

const SignInPage = lazyPart(() => import('../features/sign-in/SignInPage.tsx'), 'SignInPage');
const SignInSheet = lazyPart(() => import('../features/sign-in/components/SignInSheet.tsx'), 'SignInSheet');

const AddFirstPasskey = lazyPart(() => import('../features/passkeys/AddFirstPasskey.tsx'), 'AddFirstPasskey');
const ConfirmIdentity = lazyPart(
  () => import('../features/sign-in/components/ConfirmIdentity.tsx'),
  'ConfirmIdentity',
);

/**
 * Keeps the address, so that signing in leads there. When the session ends later, the sign-in sheet opens over the page
 * and its state is kept.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery);
  const about = useQuery(aboutQuery);
  const ended = useSessionEnded();
  const asked = useConfirmationAsked();
  // The notice stands above everything: it would push the page if it came later. A failed read is pending again with
  // each part that asks for it anew, so it must not be waited for twice.
  const isWaiting = !about.isFetched && about.failureCount === 0;
  if (data === undefined || isWaiting) {
    if (error === null) return <output aria-label="Loading" className="block min-h-dvh" />;
    return (
      <main className="mx-auto max-w-lg p-6">
        <h1 className="mb-3 text-lg">Cyclorama</h1>
        <ErrorState error={error} retry={() => void refetch()} />
      </main>
    );
  }
  if (data === null) {
    return (
      <Suspense>
        <SignInPage notice={<NoticeLine />} />
      </Suspense>
    );
  }
  return (
    <SessionContext value={data}>
      {data.passkeyNeeded ? (
        <Suspense>
          <AddFirstPasskey />
        </Suspense>
      ) : (
        children
      )}
      {asked !== null && (
        <Suspense>
          <ConfirmIdentity asked={asked} />
        </Suspense>
      )}
      {ended !== null && (
        <Suspense>
          <SignInSheet reason={ended} userName={data.user.name} />
        </Suspense>
      )}
    </SessionContext>
  );
}
