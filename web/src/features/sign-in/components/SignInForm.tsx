import { useState } from 'react';
import type { FormEvent } from 'react';

import { useSignIn } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { signInFailure } from '../rules.ts';
import { PasswordField } from './PasswordField.tsx';

export function SignInForm({ userName = '' }: { userName?: string | undefined }) {
  const [name, setName] = useState(userName);
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending) return;
    signIn.mutate({ username: name, password }, { onError: () => setPassword('') });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Account name" hint="Of this environment’s VPN service.">
        <Input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          // The form is the page's only purpose.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={userName === ''}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <PasswordField value={password} onChange={setPassword} isFirst={userName !== ''} />
      {signIn.error !== null && <ErrorState compact error={signInFailure(signIn.error)} />}
      <Button type="submit" variant="primary" pending={signIn.isPending}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
