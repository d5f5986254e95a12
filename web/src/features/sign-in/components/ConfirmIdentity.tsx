import type { ConfirmationWays } from '@cyclorama/shared/confirmation.ts';
import { useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';

import { useConfirmByPasskey } from '../../../api/confirm-by-passkey.ts';
import { notConfirmed } from '../../../api/confirmation.ts';
import type { Asked } from '../../../api/confirmation.ts';
import { ApiError } from '../../../api/http.ts';
import { aboutQuery } from '../../../api/session.ts';
import { basePath } from '../../../lib/base-path.ts';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { confirmationWaysQuery, useConfirmByPassword } from '../confirmation.queries.ts';
import { providerAddress } from '../provider.rules.ts';
import { confirmationFailure } from '../rules.ts';
import { PasswordField } from './PasswordField.tsx';

/** Opens over the page when the server asks for a confirmation; afterwards the focus is where it was. */
export function ConfirmIdentity({ asked }: { asked: Asked }) {
  const ways = useQuery(confirmationWaysQuery);
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog has let go of the focus.
      setTimeout(() => before instanceof HTMLElement && before.focus());
    },
    [before],
  );
  const cancel = () => asked.refused(notConfirmed());
  return (
    <Dialog
      open
      onOpenChange={cancel}
      title="Confirm that it is you"
      description="Needed for secrets, access tokens, people’s access and power. You are not asked again for five minutes."
    >
      {ways.error !== null && <ErrorState compact error={ways.error} retry={() => void ways.refetch()} />}
      {ways.data === undefined ? (
        <div className="min-h-20" />
      ) : (
        <Ways ways={ways.data} asked={asked} onCancel={cancel} />
      )}
    </Dialog>
  );
}

type WaysProps = { ways: ConfirmationWays; asked: Asked; onCancel: () => void };

function Ways({ ways, asked, onCancel }: WaysProps) {
  if (ways.passkey) return <ByPasskey asked={asked} onCancel={onCancel} />;
  if (ways.password) return <ByPassword asked={asked} onCancel={onCancel} />;
  if (ways.provider) return <AtProvider onCancel={onCancel} />;
  return (
    <>
      {ways.refusal !== null && <p>{ways.refusal}</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </>
  );
}

/** A session that ends meanwhile is the sign-in sheet's matter. */
const onError = (asked: Asked) => (error: Error) => {
  if (error instanceof ApiError && error.code === 'unauthenticated') asked.refused(error);
};

function ByPasskey({ asked, onCancel }: { asked: Asked; onCancel: () => void }) {
  const confirm = useConfirmByPasskey();
  return (
    <div className="flex flex-col gap-3">
      {confirm.error !== null && <ErrorState compact error={confirmationFailure(confirm.error)} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          variant="primary"
          icon={<Fingerprint aria-hidden size={14} />}
          // The dialog's only purpose.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          pending={confirm.isPending}
          onClick={() =>
            confirm.mutate(undefined, { onSuccess: () => asked.confirmed(), onError: onError(asked) })
          }
        >
          Use passkey
        </Button>
      </div>
    </div>
  );
}

function AtProvider({ onCancel }: { onCancel: () => void }) {
  const label = useQuery(aboutQuery).data?.signIn.oidc ?? 'your provider';
  return (
    <>
      <p>You sign in with {label} again and come back to this page. Then repeat what you were about to do.</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <a href={providerAddress(basePath, window.location, true)} className={buttonClass('primary')}>
          Sign in again
        </a>
      </div>
    </>
  );
}

function ByPassword({ asked, onCancel }: { asked: Asked; onCancel: () => void }) {
  const [password, setPassword] = useState('');
  const confirm = useConfirmByPassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password === '') return;
    confirm.mutate(password, {
      onSuccess: () => asked.confirmed(),
      onError: (error) => {
        setPassword('');
        onError(asked)(error);
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <PasswordField value={password} onChange={setPassword} isFirst />
      {confirm.error !== null && <ErrorState compact error={confirmationFailure(confirm.error)} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={confirm.isPending}>
          {confirm.isPending ? 'Checking…' : 'Confirm'}
        </Button>
      </div>
    </form>
  );
}
