import type { ActivityEntry } from '@cyclorama/shared/activity.ts';

import { activityLabel } from '../../../lib/activity-labels.ts';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { wayLabels } from '../rules.ts';

/** All of one entry; address, reason and ids are there for admins only. */
export function EntrySheet({ entry, onClose }: { entry: ActivityEntry; onClose: () => void }) {
  const { id, at, actor, action, subject, outcome, detail, way, before, after, origin } = entry;
  return (
    <Sheet open title={activityLabel(action)} onOpenChange={(open) => !open && onClose()}>
      <DefinitionList
        items={[
          ['Entry', id],
          ['Time', <Absolute key="time" at={at} />],
          ['Person', actor ?? 'System'],
          ['Resource', subject?.name ?? null],
          ['Outcome', outcome],
          ['Detail', detail],
          ['Reason', origin?.reason ?? null],
          ['Before', before],
          ['After', after],
          ['Way in', way && wayLabels[way]],
          ['Access token', origin?.wayName ?? null],
          ['Address', origin?.address ?? null],
          ['Request', origin?.requestId ?? null],
        ]}
      />
    </Sheet>
  );
}
