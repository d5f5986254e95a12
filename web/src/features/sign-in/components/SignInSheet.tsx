import { useSignOut } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SignInForm } from './SignInForm.tsx';

/** Opens when the session has ended: the page below keeps its state. */
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
