import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { nameRefusal } from '../rules.ts';

type Props = {
  title: string;
  description?: ReactNode;
  action: string;
  before: string;
  pending: boolean;
  error: Error | null;
  onName: (name: string) => void;
  onClose: () => void;
};

export function PasskeyNameDialog({ before, action, pending, error, onName, onClose, ...texts }: Props) {
  const [name, setName] = useState(before);
  const refusal = nameRefusal(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal === undefined) onName(name.trim());
  };
  return (
    <Dialog open onOpenChange={onClose} {...texts}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field
          label="Name"
          error={name === '' ? undefined : refusal}
          hint="The device, so that you recognise it."
        >
          <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        {error !== null && <ErrorState compact error={error} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={pending} disabledReason={refusal}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
