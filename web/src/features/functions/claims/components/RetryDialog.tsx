import type { Claim } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { dashboardUrl } from '../../../../lib/base-path.ts';
import { plural } from '../../../../lib/units.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { functionsQuery } from '../../queries.ts';
import { actionCurl } from '../curl.rules.ts';
import { useRetry } from '../queries.ts';
import { SpawnDialog } from './SpawnDialog.tsx';
import { WaitingClaim } from './WaitingClaim.tsx';

/**
 * Retries with the same variables and opens the new claim. A claim that was never spawned waits to be spawned here
 * again.
 */
export function RetryDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const retry = useRetry(claim.id);
  const navigate = useNavigate();
  const pool = useQuery(functionsQuery).data?.pools.find((one) => one.containerId === claim.containerId);
  if (retry.data?.state === 'claimed') return <SpawnDialog claim={retry.data} rows={[]} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Try ${isolated(claim.containerName)} again?`}
      body={
        <div className="flex flex-col gap-3">
          <p>{forecast(claim)}</p>
          {retry.sentAt !== null && (
            <WaitingClaim
              pool={pool ?? { containerId: claim.containerId, longestWaitSeconds: null }}
              sentAt={retry.sentAt}
              onCancelled={onClose}
            />
          )}
          <CurlBlock command={actionCurl(dashboardUrl, paths.claimRetry(claim.id))} />
        </div>
      }
      actionLabel={`Try ${isolated(claim.containerName)} again`}
      tone="primary"
      pending={retry.isPending}
      error={retry.error}
      onConfirm={() =>
        retry.mutate(undefined, {
          onSuccess: ({ id, state }) => {
            if (state === 'claimed') return;
            onClose();
            void navigate({ to: '/functions/claims/$claimId', params: { claimId: id } });
          },
        })
      }
    />
  );
}

function forecast({ variableNames }: Claim): string {
  return variableNames.length > 0
    ? `Claims a new instance and spawns it with the same ${plural(variableNames.length, 'variable')}.`
    : 'Claims a new instance and, if this one was to be spawned, spawns it without variables.';
}
