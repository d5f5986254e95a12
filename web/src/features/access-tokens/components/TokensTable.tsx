import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { useServerNow } from '../../../lib/server-clock.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Ago, Countdown } from '../../../ui/time.tsx';
import { useDeleteToken } from '../queries.ts';

export function TokensTable({ tokens }: { tokens: AccessToken[] }) {
  return <DataTable caption="Access tokens" columns={columns} rows={tokens} rowKey={({ id }) => id} />;
}

const columns: Column<AccessToken>[] = [
  { key: 'name', header: 'Name', primary: true, cell: ({ name }) => <span title={name}>{name}</span> },
  { key: 'role', header: 'Role', priority: 2, width: 112, cell: ({ role }) => role },
  { key: 'expires', header: 'Expires', priority: 1, width: 176, cell: (token) => <Expiry token={token} /> },
  {
    key: 'used',
    header: 'Last used',
    priority: 3,
    width: 128,
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? <span className="text-muted">never</span> : <Ago at={lastUsedAt} />,
  },
  {
    key: 'created',
    header: 'Made',
    priority: 4,
    width: 128,
    cell: ({ createdAt }) => <Ago at={createdAt} />,
  },
  {
    key: 'delete',
    header: 'Actions',
    width: 112,
    action: true,
    cell: (token) => <DeleteButton token={token} />,
  },
];

function Expiry({ token }: { token: AccessToken }) {
  const now = useServerNow();
  return Date.parse(token.expiresAt) > now ? (
    <Countdown to={token.expiresAt} />
  ) : (
    <span className="inline-flex items-center gap-2">
      <Badge tone="warning">expired</Badge> <Ago at={token.expiresAt} />
    </span>
  );
}

function DeleteButton({ token }: { token: AccessToken }) {
  const [isAsking, setAsking] = useState(false);
  const remove = useDeleteToken(token.id);
  return (
    <>
      <Button size="sm" aria-label={`Delete ${token.name}`} onClick={() => setAsking(true)}>
        Delete…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete the token “${isolated(token.name)}”?`}
        body="Whatever uses it is refused from now on. This can’t be undone."
        actionLabel={`Delete ${token.name}`}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
      />
    </>
  );
}
