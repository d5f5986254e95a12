import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../api/query-view.tsx';
import { Page } from '../../ui/page.tsx';
import { RawDetails } from '../../ui/raw-details.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { EnvironmentPanels } from './components/EnvironmentPanels.tsx';
import { LoadBalancerPanels } from './components/LoadBalancerPanels.tsx';
import { MetadataPanels } from './components/MetadataPanels.tsx';
import { metadataQuery, settingsQuery } from './queries.ts';
import { useSettingsSearch } from './search.ts';

export function SettingsPage() {
  const [{ view = 'environment' }, set] = useSettingsSearch();
  return (
    <Page
      title="Settings"
      subtitle="How the environment is set up in Cycle. It is changed there, and shown here."
    >
      <Tabs
        label="Settings"
        value={view}
        onValueChange={(next) => set({ view: next === 'environment' ? undefined : next })}
        tabs={[
          { value: 'environment', label: 'Environment', content: <Settings show="environment" /> },
          { value: 'load-balancer', label: 'Load balancer', content: <Settings show="load-balancer" /> },
          { value: 'metadata', label: 'Metadata file', content: <Metadata /> },
        ]}
      />
    </Page>
  );
}

function Settings({ show }: { show: 'environment' | 'load-balancer' }) {
  const query = useQuery(settingsQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={10} label="Loading settings" />}>
      {(settings) => (
        <>
          {show === 'environment' ? (
            <EnvironmentPanels settings={settings} />
          ) : (
            <LoadBalancerPanels loadBalancer={settings.loadBalancer} />
          )}
          <RawDetails
            source="Cycle’s internal API"
            readAt={settings.freshness.asOf}
            path={environmentPaths.settings()}
            data={settings}
          />
        </>
      )}
    </QueryView>
  );
}

function Metadata() {
  const query = useQuery(metadataQuery);
  return (
    <QueryView query={query} loading={<LoadingState rows={8} label="Loading the metadata file" />}>
      {(file) => (
        <>
          <MetadataPanels file={file} />
          <RawDetails
            source="the file that Cycle mounts into this instance"
            readAt={null}
            path={environmentPaths.metadataFile()}
            data={file}
          />
        </>
      )}
    </QueryView>
  );
}
