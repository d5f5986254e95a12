import { ResourceLink } from '../../../router/resource-link.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { Absolute } from '../../../ui/time.tsx';
import type { TimelineRow } from '../timeline.rules.ts';
import { EntrySheet } from './EntrySheet.tsx';

export function TimelineSheet({ row: { item, line }, onClose }: { row: TimelineRow; onClose: () => void }) {
  if (item.source === 'action') return <EntrySheet entry={item.entry} onClose={onClose} />;
  const { what, visual, who, object, detail } = line;
  const [began, ended] =
    item.source === 'job' ? [item.job.startedAt, item.job.completedAt] : [item.event.time, item.event.ended];
  return (
    <Sheet open title={what} onOpenChange={(open) => !open && onClose()}>
      <DefinitionList
        items={[
          ['Time', <Absolute key="time" at={began ?? item.at} />],
          ['Ended', ended === null ? null : <Absolute key="ended" at={ended} />],
          ['Outcome', visual.label],
          ['Person', who ?? 'System'],
          [
            'Resource',
            object && (
              <ResourceLink
                key="object"
                kind={object.kind}
                id={object.id}
                className="text-accent-text hover:underline"
              >
                {object.name}
              </ResourceLink>
            ),
          ],
          ['Detail', detail],
        ]}
      />
    </Sheet>
  );
}
