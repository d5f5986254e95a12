import type { Alert } from '@cyclorama/shared/alerts.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { buttonClass } from '../../../ui/button.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { alertQuery } from '../queries.ts';
import { chartSearch, untoldText } from '../rows.ts';
import { AcknowledgeButton } from './AcknowledgeButton.tsx';
import { AcknowledgeDialog } from './AcknowledgeDialog.tsx';
import { AlertBadge } from './AlertBadge.tsx';

/** One alert, whichever list it is in by now. */
export function AlertSheet({ id, onClose }: { id: Alert['id']; onClose: () => void }) {
  const query = useQuery(alertQuery(id));
  const title = query.data === undefined ? 'Alert' : query.data.rule.name;
  return (
    <Sheet open title={title} onOpenChange={(open) => !open && onClose()}>
      <QueryView query={query} loading={<LoadingState rows={6} label="Loading the alert" />}>
        {(alert) => <Told alert={alert} />}
      </QueryView>
    </Sheet>
  );
}

function Told({ alert }: { alert: Alert }) {
  const [isAcknowledging, setAcknowledging] = useState(false);
  const { of, detail, since, firedAt, toldAt, resolvedAt, resolvedBecause, acknowledged, state } = alert;
  const charts = chartSearch(alert);
  const when = (at: string | null) => at && <Absolute at={at} />;
  return (
    <div className="flex flex-col items-start gap-4">
      <DefinitionList
        items={[
          ['Severity', <AlertBadge key="severity" alert={alert} />],
          [
            'Object',
            <ResourceLink key="object" kind={of.kind} id={of.id} className="text-accent-text hover:underline">
              {of.name}
            </ResourceLink>,
          ],
          ['What', detail],
          ['Since', when(since)],
          ['Fired', when(firedAt)],
          ['Told', when(toldAt) ?? untoldText(alert)],
          ['Over', when(resolvedAt)],
          ['Why', resolvedBecause],
          ['Acknowledged', acknowledged && <Absolute at={acknowledged.at} />],
          ['By', acknowledged && acknowledged.by],
          ['Note', acknowledged && acknowledged.note],
        ]}
      />
      <div className="flex flex-wrap items-center gap-2">
        {charts !== null && (
          <Link to="/telemetry" search={charts} className={buttonClass('secondary', 'sm')}>
            {resolvedAt === null ? 'Charts' : 'Charts of that time'}
          </Link>
        )}
        {state === 'firing' && acknowledged === null && (
          <AcknowledgeButton alert={alert} onAcknowledge={() => setAcknowledging(true)} />
        )}
      </div>
      {isAcknowledging && <AcknowledgeDialog alert={alert} onClose={() => setAcknowledging(false)} />}
    </div>
  );
}
