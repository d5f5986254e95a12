import type { Claim } from '@cyclorama/shared/claims.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { shortenId } from '../../../lib/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { claimRefusal, isOpen } from '../claims.rules.ts';
import { useRelease, useServerNow } from '../functions.queries.ts';
import { SpawnDialog } from './SpawnDialog.tsx';

/** What can be done with a claim: spawn while it is held, release once it runs. Nothing where it has ended. */
export function ClaimActions({ claim, size = 'sm' }: { claim: Claim; size?: 'sm' | 'md' }) {
  const { user } = useSession();
  const now = useServerNow();
  const [dialog, setDialog] = useState<'spawn' | 'release' | null>(null);
  const release = useRelease(claim.id);
  if (!isOpen(claim) && dialog === null) return null;
  const what = `instance ${claim.instanceId === null ? '' : shortenId(claim.instanceId)} of ${claim.containerName}`;
  const close = () => {
    release.reset();
    setDialog(null);
  };
  return (
    <span className="inline-flex gap-2">
      {claim.state === 'claimed' && (
        <Button
          size={size}
          variant="primary"
          disabledReason={claimRefusal('spawn', claim, user, now) ?? undefined}
          onClick={() => setDialog('spawn')}
        >
          Spawn…
        </Button>
      )}
      <Button
        size={size}
        disabledReason={claimRefusal('release', claim, user, now) ?? undefined}
        onClick={() => setDialog('release')}
      >
        Release…
      </Button>
      {dialog === 'spawn' && <SpawnDialog claim={claim} rows={[]} onClose={close} />}
      <ConfirmDialog
        open={dialog === 'release'}
        onOpenChange={close}
        title={`Release ${what}?`}
        body={
          claim.state === 'running'
            ? `It is stopped at once and goes back to the pool; what it is working on for ${claim.owner} is lost.`
            : 'It goes back to the pool without having run.'
        }
        actionLabel={`Release ${claim.containerName}`}
        pending={release.isPending}
        error={release.error}
        onConfirm={() => release.mutate(undefined, { onSuccess: close })}
      />
    </span>
  );
}
