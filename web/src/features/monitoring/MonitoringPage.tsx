import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { EventPanel } from './components/EventPanel.tsx';
import { MetricPanel } from './components/MetricPanel.tsx';
import { SnapshotView } from './components/SnapshotView.tsx';
import { useMonitoringSearch } from './search.ts';

export function MonitoringPage() {
  const [{ view = 'metric' }, set] = useMonitoringSearch();
  return (
    <Page
      title="Send to monitoring"
      subtitle="Metrics, events and load balancer telemetry for Cycle’s monitoring. What is sent is on record."
    >
      <Tabs
        label="What to send"
        value={view}
        onValueChange={(next) => set({ view: next === 'metric' ? undefined : next })}
        tabs={[
          { value: 'metric', label: 'Metric', content: <MetricPanel /> },
          { value: 'event', label: 'Event', content: <EventPanel /> },
          { value: 'load-balancer', label: 'Load balancer', content: <SnapshotView /> },
        ]}
      />
    </Page>
  );
}
