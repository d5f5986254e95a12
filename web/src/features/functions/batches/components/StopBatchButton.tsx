import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { batchStopRefusal, isOpenBatch } from '@cyclorama/shared/rules/batches.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { StopBatchDialog } from './StopBatchDialog.tsx';

/** Nothing once the batch is over. */
export function StopBatchButton({ batch }: { batch: ClaimBatch }) {
  const { user } = useSession();
  const [isStopping, setStopping] = useState(false);
  return (
    <>
      {isOpenBatch(batch) && (
        <Button
          size="sm"
          disabledReason={batchStopRefusal(batch, user) ?? undefined}
          onClick={() => setStopping(true)}
        >
          Stop…
        </Button>
      )}
      {isStopping && <StopBatchDialog batch={batch} onClose={() => setStopping(false)} />}
    </>
  );
}
