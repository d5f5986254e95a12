import { useSignOut } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SignInForm } from './SignInForm.tsx';

/** Over the page when the session has ended: signs in again in place, with everything on the page kept. */
export function SignInSheet({ reason, userName }: { reason: string; userName: string }) {
  const signOut = useSignOut();
  return (
    <Dialog
      open
      dismissable={false}
      onOpenChange={() => {}}
      title="Sign in again"
      description={`${reason} Sign in to continue. Nothing on the page is lost.`}
    >
      <SignInForm userName={userName} />
      <Button variant="ghost" size="sm" onClick={() => signOut.mutate()}>
        Sign out
      </Button>
    </Dialog>
  );
}
