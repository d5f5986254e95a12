import type { Overview } from '@cyclorama/shared/environment.ts';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';

import { overviewQuery } from '../../../api/overview.ts';
import { QueryView } from '../../../api/query-view.tsx';
import { lazyPart } from '../../../ui/lazy-part.ts';
import { Page } from '../../../ui/page.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { AttentionList } from './components/AttentionList.tsx';
import { Figures } from './components/Figures.tsx';
import { ServiceList } from './components/ServiceList.tsx';
import { StateLine } from './components/StateLine.tsx';

const CapacityStrip = lazyPart(() => import('./components/CapacityStrip.tsx'), 'CapacityStrip');
const LowerPanels = lazyPart(() => import('./components/LowerPanels.tsx'), 'LowerPanels');

export function OverviewPage() {
  const query = useQuery(overviewQuery);
  return (
    <Page title="Overview">
      <QueryView query={query} loading={<LoadingState rows={12} />}>
        {(data) => <Content data={data} />}
      </QueryView>
    </Page>
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
