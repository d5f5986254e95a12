import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { resumeSession, useSignOut } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SignInWays } from './SignInWays.tsx';

/** Opens when the session has ended: the page below keeps its state. */
export function SignInSheet({ reason, userName }: { reason: string; userName: string }) {
  const signOut = useSignOut();
  const client = useQueryClient();
  useEffect(() => {
    // Signing in with the provider happens in another tab.
    const look = (): void => void resumeSession(client);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [client]);
  return (
    <Dialog
      open
      dismissable={false}
      onOpenChange={() => {}}
      title="Sign in again"
      description={`${reason} Sign in to continue. Nothing on the page is lost.`}
    >
      <SignInWays userName={userName} newTab />
      <Button variant="ghost" size="sm" onClick={() => signOut.mutate()}>
        Sign out
      </Button>
    </Dialog>
  );
}
