import type { Claim } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { dashboardUrl } from '../../../../lib/base-path.ts';
import { shortenId } from '../../../../lib/ids.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { actionCurl } from '../curl.rules.ts';
import { useRelease } from '../queries.ts';

export function ReleaseDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const release = useRelease(claim.id);
  const instance = claim.instanceId === null ? '' : ` ${shortenId(claim.instanceId)}`;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Release instance${instance} of ${isolated(claim.containerName)}?`}
      body={
        <div className="flex flex-col gap-3">
          <p>
            {claim.state === 'running'
              ? `It is stopped at once and goes back to the pool. Unsaved work of ${isolated(claim.owner)} is lost.`
              : 'It goes back to the pool unused.'}
          </p>
          <CurlBlock command={actionCurl(dashboardUrl, paths.claimRelease(claim.id))} />
        </div>
      }
      actionLabel={`Release ${isolated(claim.containerName)}`}
      pending={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate(undefined, { onSuccess: onClose })}
    />
  );
}
