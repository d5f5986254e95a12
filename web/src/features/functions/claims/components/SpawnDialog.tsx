import type { Claim } from '@cyclorama/shared/claims.ts';
import { claimRefusal } from '@cyclorama/shared/rules/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useSession } from '../../../../api/session.ts';
import { dashboardUrl } from '../../../../lib/base-path.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { plural } from '../../../../lib/units.ts';
import { Button, buttonClass } from '../../../../ui/button.tsx';
import { CurlBlock } from '../../../../ui/curl-block.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { VariablesForm } from '../../variables/components/VariablesForm.tsx';
import { toEnvironmentVariables, variableErrors } from '../../variables/rules.ts';
import type { VariableRow } from '../../variables/rules.ts';
import { spawnCurl } from '../curl.rules.ts';
import { claimQuery, useRelease, useSpawn } from '../queries.ts';
import { secondsToSpawn } from '../rules.ts';
import { ClaimCountdown } from './ClaimCountdown.tsx';

type SpawnDialogProps = {
  claim: Claim;
  rows: VariableRow[];
  onClose: () => void;
};

export function SpawnDialog({ claim: given, rows: filled, onClose }: SpawnDialogProps) {
  const { user } = useSession();
  const now = useServerNow();
  const [rows, setRows] = useState(filled);
  const claim = useQuery(claimQuery(given.id)).data ?? given;
  const spawn = useSpawn(claim.id);
  const release = useRelease(claim.id);
  const isHeld = claim.state === 'claimed' && secondsToSpawn(claim, now) !== 0;
  const fault = variableErrors(rows).find((error) => error !== null) ?? undefined;
  const error = spawn.error ?? release.error;

  const footer = isHeld ? (
    <>
      <Button
        pending={release.isPending}
        disabledReason={claimRefusal('release', claim, user, now) ?? undefined}
        onClick={() => release.mutate(undefined, { onSuccess: onClose })}
      >
        Release
      </Button>
      <Button
        variant="primary"
        pending={spawn.isPending}
        disabledReason={claimRefusal('spawn', claim, user, now) ?? fault}
        onClick={() => spawn.mutate({ environmentVariables: toEnvironmentVariables(rows) })}
      >
        Spawn {claim.containerName}
      </Button>
    </>
  ) : (
    <>
      <Link
        to="/functions/claims/$claimId"
        params={{ claimId: claim.id }}
        onClick={onClose}
        className={buttonClass('secondary')}
      >
        Open claim
      </Link>
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${claim.adopted ? 'Adopted' : 'Spawn'} ${isolated(claim.containerName)}`}
      size="md"
      footer={footer}
    >
      <div className="flex flex-col gap-4">
        <div className="flex min-h-10 flex-wrap items-center justify-between gap-2">
          <StateLabel state={claim.state} />
          <ClaimCountdown claim={claim} />
        </div>
        {isHeld ? <VariablesForm rows={rows} onChange={setRows} /> : <Outcome claim={claim} now={now} />}
        {error !== null && <ErrorState compact error={error} />}
        {isHeld && fault === undefined && (
          <CurlBlock command={spawnCurl(dashboardUrl, claim.id, toEnvironmentVariables(rows))} />
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ claim, now }: { claim: Claim; now: number }) {
  if (claim.failure !== null) return <p>{claim.failure.message}</p>;
  if (claim.state === 'expired' || (claim.state === 'claimed' && secondsToSpawn(claim, now) === 0)) {
    return <p>Not spawned within ten seconds. The instance went back to the pool. Claim again.</p>;
  }
  if (claim.state === 'spawning') return <p>The scheduler is starting the instance.</p>;
  if (claim.state === 'running' && claim.adopted) {
    return <p>Adopted. Release it when you are done.</p>;
  }
  if (claim.state === 'running') {
    return (
      <p>Running with {plural(claim.variableNames.length, 'variable')}. Release it when you are done.</p>
    );
  }
  return <p>Nothing left to do.</p>;
}
