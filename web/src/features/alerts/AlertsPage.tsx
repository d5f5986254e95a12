import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AlertsList } from './components/AlertsList.tsx';
import { RulesList } from './components/RulesList.tsx';
import { useAlertsSearch } from './search.ts';

export function AlertsPage() {
  const [{ view = 'firing' }, set] = useAlertsSearch();
  return (
    <Page
      title="Alerts"
      subtitle="What is not as it should be for longer than its rule allows, and who looks after it."
    >
      <Tabs
        label="Alerts"
        value={view}
        onValueChange={(next) => set({ view: next === 'firing' ? undefined : next, q: undefined })}
        tabs={[
          { value: 'firing', label: 'Firing', content: <AlertsList state="open" /> },
          { value: 'over', label: 'Over', content: <AlertsList state="resolved" /> },
          { value: 'rules', label: 'Rules', content: <RulesList /> },
        ]}
      />
    </Page>
  );
}
