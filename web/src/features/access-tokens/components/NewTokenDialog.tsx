import type { AccessTokenCreated } from '@cyclorama/shared/access-tokens.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { dashboardUrl } from '../../../lib/base-path.ts';
import { toCurl } from '../../../lib/curl.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { CurlBlock } from '../../../ui/curl-block.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useMakeToken } from '../queries.ts';
import { rolesUpTo, tokenFormErrors } from '../rules.ts';
import type { TokenForm } from '../rules.ts';

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession();
  const roles = rolesUpTo(user.role);
  const [form, setForm] = useState<TokenForm>({
    name: '',
    role: roles.includes('operator') ? 'operator' : 'viewer',
    days: '30',
  });
  const make = useMakeToken();
  if (make.data !== undefined) return <MadeToken made={make.data} onClose={onClose} />;
  const { name, ...others } = tokenFormErrors(form);
  // An empty name is not an error: the disabled button says it is missing.
  const errors = { ...others, ...(form.name === '' ? {} : { name }) };
  const change = (part: Partial<TokenForm>) => setForm({ ...form, ...part });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New access token"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={make.isPending}
            disabledReason={name ?? others.days}
            onClick={() =>
              make.mutate({ name: form.name, role: form.role, expiresInDays: Number(form.days) })
            }
          >
            Create token
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name" error={errors.name} hint="The script or machine that uses it.">
          <Input
            value={form.name}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label="Role" hint="At most your own role at the time of use.">
          <Select
            value={form.role}
            options={roles.map((value) => ({ value, label: value }))}
            onValueChange={(role) => change({ role })}
          />
        </Field>
        <Field label="Valid for days" error={errors.days}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            className="max-w-24"
            value={form.days}
            onChange={(event) => change({ days: event.target.value })}
          />
        </Field>
        {make.error !== null && <ErrorState compact error={make.error} />}
      </div>
    </Dialog>
  );
}

function MadeToken({ made, onClose }: { made: AccessTokenCreated; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      // A click outside would lose the token, which is shown only once.
      dismissable={false}
      title={`Token “${isolated(made.name)}” created`}
      size="md"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p>Copy it now. It is shown only once.</p>
        <p className="flex items-center gap-2 rounded-md bg-sunken px-2.5 py-1.5">
          <code aria-label="Access token" className="min-w-0 flex-1 font-mono text-xs break-all select-all">
            {made.token}
          </code>
          <CopyButton text={made.token} label="access token" />
        </p>
        <CurlBlock
          title="Try it with curl"
          command={toCurl({ method: 'GET', url: dashboardUrl + paths.functions() })}
        />
      </div>
    </Dialog>
  );
}
