import type { Claim, ClaimBatch, FunctionPool } from '@cyclorama/shared/claims.ts';
import { newClaimRefusal } from '@cyclorama/shared/rules/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { dashboardUrl } from '../../../../lib/base-path.ts';
import { Button } from '../../../../ui/button.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Select } from '../../../../ui/select.tsx';
import { useNewBatch } from '../../batches/queries.ts';
import { WaitingClaim } from '../../claims/components/WaitingClaim.tsx';
import { batchCurl, claimCurl } from '../../claims/curl.rules.ts';
import { useNewClaim } from '../../claims/queries.ts';
import { PoolUse } from '../../pools/components/PoolBar.tsx';
import { VariablesForm } from '../../variables/components/VariablesForm.tsx';
import { variableErrors } from '../../variables/rules.ts';
import type { VariableRow } from '../../variables/rules.ts';
import { isBatch, runForecast, runFormErrors, toBatchRequest, toClaimRequest } from '../run-form.rules.ts';
import type { RunForm } from '../run-form.rules.ts';
import { RunFailed } from './RunFailed.tsx';
import { RunFields } from './RunFields.tsx';

type RunDialogProps = {
  pools: FunctionPool[];
  /** Preselected function. */
  containerId: string | undefined;
  onClose: () => void;
  /** `rows`: variables filled in so far, for a claim that still has to be spawned. */
  onClaimed: (claim: Claim, rows: VariableRow[]) => void;
  onStarted: (batch: ClaimBatch) => void;
};

/** Can claim and spawn in one step: ten seconds are short for filling in a form. More than one run becomes a batch. */
export function RunDialog({ pools, containerId, onClose, onClaimed, onStarted }: RunDialogProps) {
  const [form, setForm] = useState<RunForm>({
    containerId: containerId ?? pools[0]?.containerId ?? '',
    count: '1',
    concurrency: '4',
    releaseAfter: '',
    releaseUnit: 'min',
    rows: [],
  });
  const newClaim = useNewClaim();
  const newBatch = useNewBatch();
  const pool = pools.find((one) => one.containerId === form.containerId);
  if (pool === undefined) return null;
  const change = (part: Partial<RunForm>) => setForm({ ...form, ...part });
  const errors = runFormErrors(form);
  const error = newClaim.error ?? newBatch.error;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Claim an instance"
      size="md"
      footer={
        <RunButtons
          form={form}
          pool={pool}
          pending={newClaim.isPending || newBatch.isPending}
          onCancel={onClose}
          onClaim={(isSpawning) =>
            newClaim.mutate(toClaimRequest(form, isSpawning), {
              onSuccess: (claim) => onClaimed(claim, form.rows),
            })
          }
          onBatch={() => newBatch.mutate(toBatchRequest(form), { onSuccess: onStarted })}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Function" hint={Object.keys(errors).length === 0 ? runForecast(form, pool) : undefined}>
          <Select
            value={form.containerId}
            onValueChange={(next) => change({ containerId: next })}
            options={pools.map((one) => ({
              value: one.containerId,
              label: `${isolated(one.name)} – ${one.idle} idle`,
            }))}
          />
        </Field>
        <PoolUse pool={pool} />
        <RunFields form={form} errors={errors} onChange={change} />
        <VariablesForm rows={form.rows} onChange={(rows) => change({ rows })} />
        {newClaim.sentAt !== null && (
          <WaitingClaim pool={pool} sentAt={newClaim.sentAt} onCancelled={onClose} />
        )}
        {error !== null && <RunFailed error={error} onLeave={onClose} />}
        {Object.keys(errors).length === 0 && <CurlBlock command={curlOf(form)} />}
      </div>
    </Dialog>
  );
}

function curlOf(form: RunForm): string {
  return isBatch(form)
    ? batchCurl(dashboardUrl, toBatchRequest(form))
    : claimCurl(dashboardUrl, toClaimRequest(form, true));
}

type RunButtonsProps = {
  form: RunForm;
  pool: FunctionPool;
  pending: boolean;
  onCancel: () => void;
  onClaim: (isSpawning: boolean) => void;
  onBatch: () => void;
};

function RunButtons({ form, pool, pending, onCancel, onClaim, onBatch }: RunButtonsProps) {
  const { user } = useSession();
  const refusal = newClaimRefusal(pool, user.role) ?? Object.values(runFormErrors(form))[0];
  const fault = variableErrors(form.rows).find((error) => error !== null) ?? undefined;
  if (isBatch(form)) {
    return (
      <>
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" disabledReason={refusal ?? fault} pending={pending} onClick={onBatch}>
          Run {isolated(pool.name)} {form.count.trim()} times
        </Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={onCancel}>Cancel</Button>
      <Button disabledReason={refusal} pending={pending} onClick={() => onClaim(false)}>
        Claim only
      </Button>
      <Button
        variant="primary"
        disabledReason={refusal ?? fault}
        pending={pending}
        onClick={() => onClaim(true)}
      >
        Claim and spawn {isolated(pool.name)}
      </Button>
    </>
  );
}
