import type { Overview } from '@cyclorama/shared/environment.ts';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import type { ReactNode } from 'react';

import { overviewQuery } from '../../../api/overview.ts';
import { QueryView } from '../../../api/query-view.tsx';
import { useSession } from '../../../api/session.ts';
import { lazyPart } from '../../../ui/lazy-part.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { AttentionList } from './components/AttentionList.tsx';
import { Figures } from './components/Figures.tsx';
import { ServiceList } from './components/ServiceList.tsx';
import { StateLine } from './components/StateLine.tsx';
import { useIsFirstVisit } from './first-visit.store.ts';

const CapacityStrip = lazyPart(() => import('./components/CapacityStrip.tsx'), 'CapacityStrip');
const FirstVisit = lazyPart(() => import('./components/FirstVisit.tsx'), 'FirstVisit');
const LowerPanels = lazyPart(() => import('./components/LowerPanels.tsx'), 'LowerPanels');

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <Page title="Overview">
      <QueryView query={query} loading={<LoadingState rows={12} />}>
        {(data) => (
          <AfterFirstVisit data={data}>
            <Content data={data} />
          </AfterFirstVisit>
        )}
      </QueryView>
    </Page>
  );
}

/** What is said on a first visit comes together with the page, so that nothing jumps. */
function AfterFirstVisit({ data, children }: { data: Overview; children: ReactNode }) {
  const { user } = useSession();
  const isFirst = useIsFirstVisit(user.name);
  const viewer = isFirst && user.role === 'viewer' ? user.name : null;
  const isEmpty = data.containers.total <= 1;
  if (!isEmpty && viewer === null) return children;
  return (
    <Suspense fallback={<LoadingState rows={12} />}>
      <FirstVisit isEmpty={isEmpty} viewer={viewer} />
      {children}
    </Suspense>
  );
}

function Content({ data }: { data: Overview }) {
  return (
    <>
      <StateLine data={data} />
      <AttentionList items={data.attention} total={data.attentionTotal} />
      <Suspense fallback={<output aria-label="Loading" className="h-[210px]" />}>
        <CapacityStrip />
      </Suspense>
      <Figures data={data} />
      <ServiceList services={data.services} />
      <Suspense fallback={<output aria-label="Loading" className="h-[720px]" />}>
        <LowerPanels activity={data.activity} />
      </Suspense>
    </>
  );
}
