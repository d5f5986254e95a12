import type { Overview } from '@cyclorama/shared/environment.ts';
import { useQuery } from '@tanstack/react-query';

import { overviewQuery } from '../../../api/overview.ts';
import { QueryView } from '../../../api/query-view.tsx';
import { Page } from '../../../ui/page.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { AttentionList } from './components/AttentionList.tsx';
import { BusyPanel } from './components/BusyPanel.tsx';
import { Figures } from './components/Figures.tsx';
import { RecentActivity } from './components/RecentActivity.tsx';
import { ServiceList } from './components/ServiceList.tsx';
import { StateLine } from './components/StateLine.tsx';

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
      <Figures data={data} />
      <ServiceList services={data.services} />
      <div className="grid gap-3 lg:grid-cols-2">
        <BusyPanel measure="cpu" />
        <BusyPanel measure="memory" />
      </div>
      <RecentActivity entries={data.activity} />
    </>
  );
}
