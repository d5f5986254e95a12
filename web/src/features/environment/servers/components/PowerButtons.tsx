import type { PowerRequest } from '@cyclorama/shared/infrastructure.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { toast } from '../../../../ui/toast.ts';
import { ownServerQuery, usePower } from '../queries.ts';

type Action = PowerRequest['action'];
const words: Record<Action, { label: string; after: string; requested: string }> = {
  reboot: {
    label: 'Reboot',
    after: 'Everything on it stops and starts again, this dashboard too. The page comes back by itself.',
    requested: 'Reboot requested',
  },
  poweroff: {
    label: 'Power off',
    after:
      'Everything on it stops, this dashboard too. It stays off until somebody switches it on at the provider or in Cycle’s portal.',
    requested: 'Power off requested',
  },
};

/** Both ask for the host's name and, where the last is a while ago, for a sign-in. */
export function PowerButtons() {
  const [asked, setAsked] = useState<Action | null>(null);
  const hostname = useQuery(ownServerQuery).data?.hostname;
  const { mutate, isPending, error, reset } = usePower();
  const refused = roleRefusal(useSession().user.role, 'admin') ?? undefined;
  const missing = hostname === undefined ? 'The server’s name has not been read yet.' : undefined;
  const close = () => {
    reset();
    setAsked(null);
  };
  return (
    <>
      {(['reboot', 'poweroff'] as const).map((action) => (
        <Button key={action} disabledReason={refused ?? missing} onClick={() => setAsked(action)}>
          {words[action].label}…
        </Button>
      ))}
      {asked !== null && hostname !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={(open) => {
            if (!open) close();
          }}
          title={`${words[asked].label} ${isolated(hostname)}?`}
          body={words[asked].after}
          actionLabel={`${words[asked].label} ${hostname}`}
          typeToConfirm={hostname}
          pending={isPending}
          error={error}
          onConfirm={() =>
            mutate(
              { action: asked, hostname },
              {
                onSuccess: () => {
                  toast.success(words[asked].requested);
                  close();
                },
              },
            )
          }
        />
      )}
    </>
  );
}
