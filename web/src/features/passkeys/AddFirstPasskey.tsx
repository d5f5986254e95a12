import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { useConfirmByPasskey } from '../../api/confirm-by-passkey.ts';
import { browserRefusal } from '../../api/passkey-prompt.ts';
import { useSession, useSignOut } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { passkeysQuery, useAddPasskey } from './queries.ts';
import { addRefusal } from './rules.ts';

/** For who must use a passkey here and has not: adding one, then using it, is what opens the rest. */
export function AddFirstPasskey() {
  const { user } = useSession();
  const passkeys = useQuery(passkeysQuery);
  const add = useAddPasskey();
  const confirm = useConfirmByPasskey();
  const client = useQueryClient();
  const use = () => confirm.mutate(undefined, { onSuccess: () => void client.invalidateQueries() });
  const signOut = useSignOut();
  useEffect(() => {
    document.title = 'Add a passkey · Cyclorama';
  }, []);
  const { data } = passkeys;
  const hasOne = data !== undefined && data.passkeys.length > 0;
  const error = passkeys.error ?? add.error ?? confirm.error ?? signOut.error;
  return (
    <main className="m-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 p-4">
      <h1 className="text-xl">{hasOne ? 'Use your passkey' : 'Add a passkey'}</h1>
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-4">
        <p>
          {hasOne
            ? 'Use it once to show that it works. From now on you are asked for it after your password.'
            : 'Your admin asks for a passkey besides the password. Your browser asks where to keep it: on this device, on your phone or on a security key.'}
        </p>
        {error !== null && <ErrorState compact error={error} />}
        {data === undefined ? (
          passkeys.error === null && <LoadingState rows={1} label="Loading passkeys" />
        ) : hasOne ? (
          <Button variant="primary" pending={confirm.isPending} onClick={use}>
            Use passkey
          </Button>
        ) : (
          <Button
            variant="primary"
            pending={add.isPending}
            disabledReason={addRefusal(data, browserRefusal())}
            onClick={() => add.mutate('First passkey')}
          >
            Add passkey
          </Button>
        )}
        <Button variant="ghost" size="sm" onClick={() => signOut.mutate()}>
          Sign out {user.name}
        </Button>
      </div>
    </main>
  );
}
