import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { dashboardUrl } from '../../../../lib/base-path.ts';
import { plural } from '../../../../lib/units.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { actionCurl } from '../../claims/curl.rules.ts';
import { useStopBatch } from '../queries.ts';

export function StopBatchDialog({ batch, onClose }: { batch: ClaimBatch; onClose: () => void }) {
  const [isReleasing, setReleasing] = useState(false);
  const stop = useStopBatch(batch.id);
  const body = { release: isReleasing };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Stop batch of ${isolated(batch.containerName)}?`}
      body={
        <div className="flex flex-col gap-3">
          <p>
            {plural(Math.max(0, batch.count - batch.started), 'run')} will not be started. Runs that wait for
            an instance are cancelled.
          </p>
          <Checkbox
            label={`Also release the ${plural(batch.open, 'open run')}`}
            checked={isReleasing}
            onCheckedChange={setReleasing}
          />
          <CurlBlock command={actionCurl(dashboardUrl, paths.claimBatchStop(batch.id), body)} />
        </div>
      }
      actionLabel="Stop batch"
      pending={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate(body, { onSuccess: onClose })}
    />
  );
}
