import type { Claim } from '@cyclorama/shared/claims.ts';
import { claimActionsOf, claimRefusal } from '@cyclorama/shared/rules/claims.ts';
import type { ClaimAction } from '@cyclorama/shared/rules/claims.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { Button } from '../../../../ui/button.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { ReleaseDialog } from './ReleaseDialog.tsx';
import { RetryDialog } from './RetryDialog.tsx';
import { RevealDialog } from './RevealDialog.tsx';
import { SpawnDialog } from './SpawnDialog.tsx';

const words: Record<ClaimAction, string> = {
  spawn: 'Spawn…',
  release: 'Release…',
  cancel: 'Stop waiting…',
  retry: 'Retry…',
  reveal: 'Reveal…',
};

type ClaimActionsProps = {
  claim: Claim;
  size?: 'sm' | 'md';
  withReveal?: boolean;
};

export function ClaimActions({ claim, size = 'sm', withReveal = false }: ClaimActionsProps) {
  const { user } = useSession();
  const now = useServerNow();
  const [dialog, setDialog] = useState<ClaimAction | null>(null);
  const actions: ClaimAction[] = [...(withReveal ? (['reveal'] as const) : []), ...claimActionsOf(claim)];
  if (actions.length === 0 && dialog === null) return null;
  return (
    <span className="inline-flex flex-wrap gap-2">
      {actions.map((action) => (
        <Button
          key={action}
          size={size}
          variant={action === 'spawn' ? 'primary' : 'secondary'}
          disabledReason={claimRefusal(action, claim, user, now) ?? undefined}
          onClick={() => setDialog(action)}
        >
          {words[action]}
        </Button>
      ))}
      {dialog !== null && <ActionDialog action={dialog} claim={claim} onClose={() => setDialog(null)} />}
    </span>
  );
}

type ActionDialogProps = {
  action: ClaimAction;
  claim: Claim;
  onClose: () => void;
};

function ActionDialog({ action, claim, onClose }: ActionDialogProps) {
  switch (action) {
    case 'spawn':
      return <SpawnDialog claim={claim} rows={[]} onClose={onClose} />;
    case 'release':
      return <ReleaseDialog claim={claim} onClose={onClose} />;
    case 'cancel':
      return <CancelDialog claim={claim} onClose={onClose} />;
    case 'retry':
      return <RetryDialog claim={claim} onClose={onClose} />;
    default:
      return <RevealDialog claim={claim} onClose={onClose} />;
  }
}
