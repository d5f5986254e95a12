import type { Claim } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { dashboardUrl } from '../../../../lib/base-path.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { actionCurl } from '../curl.rules.ts';
import { useCancel } from '../queries.ts';

export function CancelDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const cancel = useCancel();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Stop waiting for ${isolated(claim.containerName)}?`}
      body={
        <div className="flex flex-col gap-3">
          <p>The claim is cancelled. An instance the scheduler still assigns goes back to the pool.</p>
          <CurlBlock command={actionCurl(dashboardUrl, paths.claimCancel(claim.id))} />
        </div>
      }
      actionLabel="Stop waiting"
      tone="primary"
      pending={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate(claim.id, { onSuccess: onClose })}
    />
  );
}
