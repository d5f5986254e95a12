import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Sheet } from '../../../../ui/sheet.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { batchQuery, useStopBatch } from '../queries.ts';
import { ITEM_WORD, batchTitle, countsText, itemGlyph } from '../rules.ts';

/** Kept by the server: the same after a reload, and for everybody. */
export function BatchReport({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(batchQuery(id));
  const stop = useStopBatch(id);
  const batch = query.data;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={batch === undefined ? 'Report' : batchTitle(batch)}
      footer={
        batch?.state === 'running' && (
          <Button pending={stop.isPending} onClick={() => stop.mutate()}>
            Stop the rest
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {(data) => (
          <div className="flex flex-col gap-3">
            <output className="font-medium">{countsText(data)}</output>
            <p className="text-xs text-muted">
              by {data.requestedBy}, <Ago at={data.requestedAt} />
              {data.finishedAt !== null && (
                <>
                  , ended <Ago at={data.finishedAt} />
                </>
              )}
            </p>
            <ul className="divide-y divide-line">
              {data.items.map((item) => (
                <li key={item.instanceId} className="grid grid-cols-[auto_1fr_auto] gap-x-2 py-1.5">
                  <StateGlyph {...itemGlyph(item.state)} />
                  <span className="min-w-0">
                    <ResourceLink kind="instance" id={item.instanceId}>
                      {item.name}
                    </ResourceLink>
                    {item.detail !== null && <span className="block text-muted">{item.detail}</span>}
                  </span>
                  <span className="text-muted">{ITEM_WORD[item.state]}</span>
                </li>
              ))}
            </ul>
            {data.items.length < data.total && (
              <p className="text-muted">
                The first {data.items.length.toLocaleString('en')}, failures first.
              </p>
            )}
          </div>
        )}
      </QueryView>
    </Sheet>
  );
}
