import type { ClaimBatch } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { Button, buttonClass } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { batchQuery } from '../queries.ts';
import { BatchProgress } from './BatchProgress.tsx';

/** Closing the dialog or the page doesn't stop the batch. */
export function BatchDialog({ batch: given, onClose }: { batch: ClaimBatch; onClose: () => void }) {
  const batch = useQuery(batchQuery(given.id)).data ?? given;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${isolated(batch.containerName)}, ${batch.count} runs`}
      size="md"
      footer={
        <>
          <Link
            to="/functions"
            search={{ view: 'claims', batch: batch.id }}
            onClick={onClose}
            className={buttonClass('secondary')}
          >
            Claims in this batch
          </Link>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <BatchProgress batch={batch} />
        <p>The batch runs on the server. You can close this page.</p>
      </div>
    </Dialog>
  );
}
