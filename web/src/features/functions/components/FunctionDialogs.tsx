import type { Claim, ClaimBatch, FunctionPool } from '@cyclorama/shared/claims.ts';

import { BatchDialog } from '../batches/components/BatchDialog.tsx';
import { AdoptDialog } from '../claims/components/AdoptDialog.tsx';
import { ReleaseMineDialog } from '../claims/components/ReleaseMineDialog.tsx';
import { SpawnDialog } from '../claims/components/SpawnDialog.tsx';
import { RunDialog } from '../runs/components/RunDialog.tsx';
import type { VariableRow } from '../variables/rules.ts';

export type Step =
  | { kind: 'run'; containerId: string | undefined }
  | { kind: 'spawn'; claim: Claim; rows: VariableRow[] }
  | { kind: 'batch'; batch: ClaimBatch }
  | { kind: 'adopt'; pool: FunctionPool }
  | { kind: 'release-mine'; containerId: string | undefined };

type FunctionDialogsProps = {
  step: Step | null;
  pools: FunctionPool[];
  onStep: (step: Step | null) => void;
};

export function FunctionDialogs({ step, pools, onStep }: FunctionDialogsProps) {
  const close = () => onStep(null);
  if (step === null) return null;
  switch (step.kind) {
    case 'run':
      return (
        <RunDialog
          pools={pools}
          containerId={step.containerId}
          onClose={close}
          onClaimed={(claim, rows) => onStep({ kind: 'spawn', claim, rows })}
          onStarted={(batch) => onStep({ kind: 'batch', batch })}
        />
      );
    case 'spawn':
      return <SpawnDialog claim={step.claim} rows={step.rows} onClose={close} />;
    case 'batch':
      return <BatchDialog batch={step.batch} onClose={close} />;
    case 'adopt':
      return (
        <AdoptDialog
          pool={step.pool}
          onClose={close}
          onAdopted={(claim) => onStep({ kind: 'spawn', claim, rows: [] })}
        />
      );
    default:
      return <ReleaseMineDialog pools={pools} containerId={step.containerId} onClose={close} />;
  }
}
