import { accountTokenRequest } from '@cyclorama/shared/robot-access.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useSetToken } from '../queries.ts';

export function SetTokenPanel({ isMissing }: { isMissing: boolean }) {
  const [token, setToken] = useState('');
  const set = useSetToken();
  const isGood = accountTokenRequest.safeParse({ token }).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isGood) return;
    set.mutate(token.trim(), { onSuccess: () => setToken('') });
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
            disabledReason={isGood ? undefined : 'Token: expected at least 20 characters'}
          >
            Set token
          </Button>
        </div>
        {set.isSuccess && <output>New token in use.</output>}
        {set.isError && <ErrorState compact error={set.error} />}
      </form>
    </Panel>
  );
}
