import { Fingerprint } from 'lucide-react';

import { browserRefusal } from '../../../api/passkey-prompt.ts';
import { useSignInByPasskey } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { signInFailure } from '../rules.ts';

export function PasskeySignIn() {
  const signIn = useSignInByPasskey();
  return (
    <>
      <Button
        icon={<Fingerprint aria-hidden size={14} />}
        disabledReason={browserRefusal() ?? undefined}
        pending={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        Sign in with a passkey
      </Button>
      {signIn.error !== null && <ErrorState compact error={signInFailure(signIn.error)} />}
    </>
  );
}
