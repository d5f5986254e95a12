import { firewallRequest } from '@cyclorama/shared/robot-access.ts';
import type { FirewallRequest } from '@cyclorama/shared/robot-access.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Select } from '../../../../ui/select.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useAddRule } from '../queries.ts';

type Action = FirewallRequest['action'];
const actions: readonly { value: Action; label: string }[] = [
  { value: 'ACCEPT', label: 'allow (ACCEPT)' },
  { value: 'DROP', label: 'drop silently (DROP)' },
  { value: 'REJECT', label: 'reject (REJECT)' },
];

export function FirewallRuleForm({ bookingId }: { bookingId: string }) {
  const [source, setSource] = useState('');
  const [action, setAction] = useState<Action>('ACCEPT');
  const add = useAddRule(bookingId);
  const parsed = firewallRequest.safeParse({ source: source.trim(), action });
  const fault = parsed.success
    ? undefined
    : `Address: ${parsed.error.issues[0]?.message ?? 'expected an IPv4 address'}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) add.mutate(parsed.data, { onSuccess: () => setSource('') });
  };
  return (
    <form aria-label="Add rule" onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <div className="w-52">
          <Field label="Address or subnet" error={source.trim() === '' ? undefined : fault}>
            <Input
              value={source}
              placeholder="203.0.113.0/24"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setSource(event.target.value)}
            />
          </Field>
        </div>
        <Field label="Action">
          <Select value={action} options={actions} onValueChange={setAction} />
        </Field>
        <Button
          type="submit"
          className="mt-6"
          pending={add.isPending}
          disabledReason={parsed.success ? undefined : fault}
        >
          Add rule
        </Button>
      </div>
      {add.isError && <ErrorState compact error={add.error} />}
    </form>
  );
}
