import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { Plus } from 'lucide-react';
import { useState } from 'react';

import { useCan, useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AlertSheet } from './components/AlertSheet.tsx';
import { AlertsList } from './components/AlertsList.tsx';
import { DeliveriesList } from './components/DeliveriesList.tsx';
import { NotifyMe } from './components/NotifyMe.tsx';
import { RuleDialog } from './components/RuleDialog.tsx';
import { RulesList } from './components/RulesList.tsx';
import { Telling } from './components/Telling.tsx';
import { useAlertsSearch } from './search.ts';

export function AlertsPage() {
  const { user } = useSession();
  const [isMaking, setMaking] = useState(false);
  const isAdmin = useCan('admin');
  const [{ view: asked = 'firing', alert }, set] = useAlertsSearch();
  const view = asked === 'deliveries' && !isAdmin ? 'firing' : asked;
  return (
    <Page
      title="Alerts"
      subtitle="What is not as it should be for longer than its rule allows, and who looks after it."
      actions={
        <>
          <NotifyMe />
          <Button
            variant="primary"
            icon={<Plus aria-hidden size={14} />}
            disabledReason={roleRefusal(user.role, 'operator') ?? undefined}
            onClick={() => setMaking(true)}
          >
            New rule…
          </Button>
        </>
      }
    >
      <Tabs
        label="Alerts"
        value={view}
        onValueChange={(next) =>
          set({ view: next === 'firing' ? undefined : next, q: undefined, alert: undefined })
        }
        tabs={[
          { value: 'firing', label: 'Firing', content: <AlertsList state="open" /> },
          { value: 'over', label: 'Over', content: <AlertsList state="resolved" /> },
          {
            value: 'rules',
            label: 'Rules',
            content: (
              <>
                <Telling />
                <RulesList />
              </>
            ),
          },
          ...(isAdmin
            ? [{ value: 'deliveries' as const, label: 'Deliveries', content: <DeliveriesList /> }]
            : []),
        ]}
      />
      {alert !== undefined && <AlertSheet key={alert} id={alert} onClose={() => set({ alert: undefined })} />}
      {isMaking && <RuleDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
