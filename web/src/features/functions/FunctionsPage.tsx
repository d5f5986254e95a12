import type { Claim, FunctionsResponse } from '@cyclorama/shared/claims.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../api/query-view.tsx';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { LoadingState, EmptyState } from '../../ui/states.tsx';
import { newClaimRefusal } from './claims.rules.ts';
import { ClaimDialog } from './components/ClaimDialog.tsx';
import { ClaimsPanel } from './components/ClaimsPanel.tsx';
import { PoolsPanel } from './components/PoolsPanel.tsx';
import { SpawnDialog } from './components/SpawnDialog.tsx';
import { functionsQuery } from './functions.queries.ts';
import type { VariableRow } from './variables.rules.ts';

type Step =
  | { kind: 'claim'; containerId: string | undefined }
  | { kind: 'spawn'; claim: Claim; rows: VariableRow[] };

/** Function pools and the ledger of claims: claim, spawn within ten seconds, follow, release. */
export function FunctionsPage() {
  const functions = useQuery(functionsQuery);
  const { user } = useSession();
  const [step, setStep] = useState<Step | null>(null);
  const pools = functions.data?.pools ?? [];
  const refusals = pools.map((pool) => newClaimRefusal(pool, user.role));
  const refusal = refusals.includes(null) ? undefined : (refusals[0] ?? 'No function to claim from');
  const firstOpen = pools[refusals.indexOf(null)]?.containerId;

  return (
    <Page
      title="Functions"
      actions={
        <Button
          variant="primary"
          disabledReason={refusal}
          onClick={() => setStep({ kind: 'claim', containerId: firstOpen })}
        >
          Claim…
        </Button>
      }
    >
      <QueryView query={functions} loading={<LoadingState rows={3} label="Loading pools" />} empty={noPools}>
        {(data) => (
          <PoolsPanel
            pools={data.pools}
            onClaim={(pool) => setStep({ kind: 'claim', containerId: pool.containerId })}
          />
        )}
      </QueryView>
      <ClaimsPanel pools={pools} />
      {step?.kind === 'claim' && (
        <ClaimDialog
          pools={pools}
          containerId={step.containerId}
          onClose={() => setStep(null)}
          onClaimed={(claim, rows) => setStep({ kind: 'spawn', claim, rows })}
        />
      )}
      {step?.kind === 'spawn' && (
        <SpawnDialog claim={step.claim} rows={step.rows} onClose={() => setStep(null)} />
      )}
    </Page>
  );
}

function noPools({ pools, freshness }: FunctionsResponse) {
  if (pools.length > 0 || freshness.state !== 'live') return null;
  return (
    <EmptyState
      title="No function containers"
      hint="A container whose deployment strategy on Cycle is “function” appears here with its pool."
    />
  );
}
