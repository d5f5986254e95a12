import { accountTokenRequest } from '@cyclorama/shared/robot-access.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { ApiError } from '../../../../api/http.ts';
import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useSetToken } from '../queries.ts';

export function SetTokenPanel({ isMissing }: { isMissing: boolean }) {
  const [token, setToken] = useState('');
  const refused = roleRefusal(useSession().user.role, 'admin') ?? undefined;
  const set = useSetToken();
  const change = useSetToken();
  const refusal = accountChange(set.error);
  const isGood = accountTokenRequest.safeParse({ token }).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isGood || refused !== undefined) return;
    change.reset();
    set.mutate({ token: token.trim() }, { onSuccess: () => setToken('') });
  };
  return (
    <Panel title="Set token">
      <form aria-label="Set token" onSubmit={submit} className="flex flex-col gap-3">
        <p>
          {isMissing && 'The dashboard has no token, so robots can’t be read, booked or terminated. '}
          Create one at rerobots under API tokens and paste it here.
        </p>
        <Field label="New token" hint="Kept encrypted and never shown again. Replaces a configured one.">
          <Input
            type="password"
            value={token}
            disabled={refused !== undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setToken(event.target.value)}
          />
        </Field>
        <div>
          <Button
            type="submit"
            variant={isMissing ? 'primary' : 'secondary'}
            pending={set.isPending}
            disabledReason={refused ?? (isGood ? undefined : 'Token: expected at least 20 characters')}
          >
            Set token
          </Button>
        </div>
        {(set.isSuccess || change.isSuccess) && <output>New token in use.</output>}
        {set.isError && refusal === null && <ErrorState compact error={set.error} />}
      </form>
      <ConfirmDialog
        open={refusal !== null}
        onOpenChange={() => set.reset()}
        title="Use another rerobots account?"
        body={refusal}
        actionLabel="Use this account"
        pending={change.isPending}
        error={change.error}
        onConfirm={() =>
          change.mutate(
            { token: token.trim(), confirm: 'use another account' },
            {
              onSuccess: () => {
                set.reset();
                setToken('');
              },
            },
          )
        }
      />
    </Panel>
  );
}

/** What the server says of a token of another account; null for any other error. */
function accountChange(error: Error | null): string | null {
  if (!(error instanceof ApiError) || error.field !== 'body.confirm') return null;
  return [error.message, error.hint].join(' ');
}
