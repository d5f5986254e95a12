import type { Claim, FunctionPool } from '@cyclorama/shared/claims.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { claimForecast, newClaimRefusal } from '../claims.rules.ts';
import { useNewClaim } from '../functions.queries.ts';
import { toEnvironmentVariables, variableErrors } from '../variables.rules.ts';
import type { VariableRow } from '../variables.rules.ts';
import { PoolBar } from './PoolBar.tsx';
import { VariablesForm } from './VariablesForm.tsx';

interface ClaimDialogProps {
  pools: FunctionPool[];
  /** The function chosen to begin with. */
  containerId: string | undefined;
  onClose: () => void;
  /** What was claimed, and the variables filled in so far where it still waits to be spawned. */
  onClaimed: (claim: Claim, rows: VariableRow[]) => void;
}

/** Claims an instance, and spawns it in the same step where asked: ten seconds are short for filling in a form. */
export function ClaimDialog({ pools, containerId, onClose, onClaimed }: ClaimDialogProps) {
  const { user } = useSession();
  const [chosen, setChosen] = useState(containerId ?? pools[0]?.containerId ?? '');
  const [rows, setRows] = useState<VariableRow[]>([]);
  const newClaim = useNewClaim();
  const pool = pools.find((one) => one.containerId === chosen);
  if (pool === undefined) return null;
  const refusal = newClaimRefusal(pool, user.role) ?? undefined;
  const fault = variableErrors(rows).find((error) => error !== null) ?? undefined;

  const send = (isSpawning: boolean) =>
    newClaim.mutate(
      {
        containerId: pool.containerId,
        ...(isSpawning ? { spawn: { environmentVariables: toEnvironmentVariables(rows) } } : {}),
      },
      { onSuccess: (claim) => onClaimed(claim, rows) },
    );
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button disabledReason={refusal} pending={newClaim.isPending} onClick={() => send(false)}>
        Claim only
      </Button>
      <Button
        variant="primary"
        disabledReason={refusal ?? fault}
        pending={newClaim.isPending}
        onClick={() => send(true)}
      >
        Claim and spawn {pool.name}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title="Claim an instance" size="md" footer={footer}>
      <div className="flex flex-col gap-4">
        <Field label="Function" hint={claimForecast(pool)}>
          <Select
            value={chosen}
            onValueChange={setChosen}
            options={pools.map((one) => ({
              value: one.containerId,
              label: `${one.name} – ${one.idle} idle`,
            }))}
          />
        </Field>
        <PoolBar pool={pool} />
        <VariablesForm rows={rows} onChange={setRows} />
        {newClaim.isError && <ErrorState compact error={newClaim.error} />}
      </div>
    </Dialog>
  );
}
