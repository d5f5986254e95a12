import type { Passkey } from '@cyclorama/shared/passkeys.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { passkeysQuery, useRemovePasskey } from '../queries.ts';
import { RenamePasskeyDialog } from './RenamePasskeyDialog.tsx';

type Props = { caption: string; passkeys: Passkey[]; withPeople?: boolean };

export function PasskeysTable({ caption, passkeys, withPeople = false }: Props) {
  return (
    <DataTable
      caption={caption}
      columns={withPeople ? [person, ...columns] : columns}
      rows={passkeys}
      rowKey={({ id }) => id}
    />
  );
}

const person: Column<Passkey> = {
  key: 'person',
  header: 'Person',
  priority: 1,
  width: 160,
  cell: (row) => <span title={row.person}>{row.person}</span>,
};

const columns: Column<Passkey>[] = [
  { key: 'name', header: 'Name', primary: true, cell: ({ name }) => <span title={name}>{name}</span> },
  {
    key: 'kept',
    header: 'Kept',
    priority: 3,
    width: 144,
    cell: ({ backedUp }) => (backedUp ? 'synced' : 'on one device'),
  },
  {
    key: 'used',
    header: 'Last used',
    priority: 2,
    width: 128,
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? <span className="text-muted">never</span> : <Ago at={lastUsedAt} />,
  },
  {
    key: 'created',
    header: 'Added',
    priority: 4,
    width: 128,
    cell: ({ createdAt }) => <Ago at={createdAt} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    width: 192,
    action: true,
    cell: (row) => <Actions passkey={row} />,
  },
];

function Actions({ passkey }: { passkey: Passkey }) {
  const { user } = useSession();
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const remove = useRemovePasskey(passkey.id);
  const own = useQuery(passkeysQuery).data;
  const { name } = passkey;
  const isMine = passkey.person === user.name;
  const refusal = isMine && own?.passkeys.length === 1 ? own.lastRefusal : null;
  const close = () => setOpen(null);
  return (
    <span className="flex gap-2">
      {isMine && (
        <Button size="sm" aria-label={`Rename ${name}`} onClick={() => setOpen('rename')}>
          Rename…
        </Button>
      )}
      <Button
        size="sm"
        aria-label={`Remove ${name}`}
        disabledReason={refusal ?? undefined}
        onClick={() => setOpen('remove')}
      >
        Remove…
      </Button>
      {open === 'rename' && <RenamePasskeyDialog passkey={passkey} onClose={close} />}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={close}
        title={`Remove the passkey “${isolated(name)}”${isMine ? '' : ` of ${isolated(passkey.person)}`}?`}
        body="It no longer signs in here. The device may still list it until it is deleted there too."
        actionLabel={`Remove ${name}`}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
      />
    </span>
  );
}
