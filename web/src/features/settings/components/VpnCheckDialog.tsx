import { vpnCheckRequest } from '@cyclorama/shared/vpn-check.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { fieldErrors } from '../../../lib/form-errors.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useVpnCheck } from '../queries.ts';

const FORM = 'vpn-check';

export function VpnCheckDialog({ onClose }: { onClose: () => void }) {
  const [login, setLogin] = useState({ username: '', password: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const check = useVpnCheck();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = fieldErrors(vpnCheckRequest, login);
    setErrors(found);
    if (Object.keys(found).length === 0) check.mutate(login);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Check a VPN login"
      description="Whether Cycle takes it. The check is on record, the password nowhere; wrong ones are limited."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" form={FORM} variant="primary" pending={check.isPending}>
            Check login
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field label="Account name" error={errors['username']}>
          <Input
            autoComplete="off"
            value={login.username}
            onChange={(event) => setLogin({ ...login, username: event.target.value })}
          />
        </Field>
        <Field label="Password" error={errors['password']}>
          <Input
            type="password"
            autoComplete="off"
            value={login.password}
            onChange={(event) => setLogin({ ...login, password: event.target.value })}
          />
        </Field>
        <output>
          {check.data !== undefined &&
            (check.data.valid ? 'This login works.' : 'Wrong account name or password.')}
        </output>
        {check.error !== null && <ErrorState compact error={check.error} />}
      </form>
    </Dialog>
  );
}
