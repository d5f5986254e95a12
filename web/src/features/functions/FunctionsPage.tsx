import type { FunctionPool, FunctionsResponse } from '@cyclorama/shared/claims.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useCallback, useState } from 'react';

import { NotSetUp, useIsSetUp } from '../../api/not-set-up.tsx';
import { QueryView } from '../../api/query-view.tsx';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { BatchesPanel } from './batches/components/BatchesPanel.tsx';
import { ClaimsPanel } from './claims/components/ClaimsPanel.tsx';
import { MyClaims } from './claims/components/MyClaims.tsx';
import { FunctionDialogs } from './components/FunctionDialogs.tsx';
import type { Step } from './components/FunctionDialogs.tsx';
import { PoolsTable } from './pools/components/PoolsTable.tsx';
import { useClaimRefusal } from './pools/use-claim-refusal.ts';
import { functionsQuery } from './queries.ts';
import { useFunctionsSearch, viewOf } from './search.ts';

const DurationsPanel = lazyPart(() => import('./durations/components/DurationsPanel.tsx'), 'DurationsPanel');

export function FunctionsPage() {
  const functions = useQuery(functionsQuery);
  const [search, setSearch] = useFunctionsSearch();
  const [step, setStep] = useState<Step | null>(null);
  const pools = functions.data?.pools ?? [];
  const isSetUp = useIsSetUp('scheduler');
  const onClaim = useCallback(({ containerId }: FunctionPool) => setStep({ kind: 'run', containerId }), []);
  const onAdopt = useCallback((pool: FunctionPool) => setStep({ kind: 'adopt', pool }), []);
  return (
    <Page title="Functions" actions={<PageActions pools={pools} onStep={setStep} />}>
      {isSetUp === false && <NotSetUp name="scheduler" />}
      <Tabs
        label="Views of functions"
        value={viewOf(search)}
        onValueChange={(view) => setSearch({ view })}
        tabs={[
          {
            value: 'pools',
            label: 'Pools',
            content: (
              <QueryView
                query={functions}
                loading={<LoadingState rows={3} label="Loading pools" />}
                empty={noPools}
              >
                {(data) => (
                  <>
                    <PoolsTable pools={data.pools} onClaim={onClaim} onAdopt={onAdopt} />
                    <MyClaims />
                  </>
                )}
              </QueryView>
            ),
          },
          { value: 'claims', label: 'Claims', content: <ClaimsPanel pools={pools} /> },
          { value: 'batches', label: 'Batches', content: <BatchesPanel /> },
          {
            value: 'durations',
            label: 'Durations',
            content: (
              <Suspense fallback={<LoadingState rows={3} label="Loading durations" />}>
                <DurationsPanel
                  pools={pools}
                  containerId={search.container}
                  onContainerChange={(container) => setSearch({ view: 'durations', container })}
                />
              </Suspense>
            ),
          },
        ]}
      />
      <FunctionDialogs step={step} pools={pools} onStep={setStep} />
    </Page>
  );
}

function PageActions({ pools, onStep }: { pools: FunctionPool[]; onStep: (step: Step) => void }) {
  const { user } = useSession();
  const [{ container }] = useFunctionsSearch();
  const refusals = pools.map(useClaimRefusal().claim);
  const refusal = refusals.includes(null) ? undefined : (refusals[0] ?? 'There are no functions.');
  const first = pools[refusals.indexOf(null)]?.containerId;
  return (
    <>
      <Button
        disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
        onClick={() => onStep({ kind: 'release-mine', containerId: container })}
      >
        Release my claims…
      </Button>
      <Button
        variant="primary"
        disabledReason={refusal}
        onClick={() => onStep({ kind: 'run', containerId: first })}
      >
        Claim…
      </Button>
    </>
  );
}

function noPools({ pools, freshness }: FunctionsResponse) {
  if (pools.length > 0 || freshness.state !== 'live') return null;
  return (
    <EmptyState
      title="No function containers"
      hint="Containers with the deployment strategy “function” appear here."
    />
  );
}
