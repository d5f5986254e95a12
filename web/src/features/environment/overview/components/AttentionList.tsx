import type { Attention } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { Suspense, useState } from 'react';

import { cx } from '../../../../lib/class-names.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { lazyPart } from '../../../../ui/lazy-part.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph, StateLabel } from '../../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../../ui/time.tsx';

const AttentionActions = lazyPart(() => import('./AttentionActions.tsx'), 'AttentionActions');
const AttentionBefore = lazyPart(() => import('./AttentionBefore.tsx'), 'AttentionBefore');
const BatchReport = lazyPart(() => import('../../batches/components/BatchReport.tsx'), 'BatchReport');

/** One line where there is room for one, so that a row keeps its height when a word of it changes. */
const LINE = 'flex min-h-6 flex-wrap items-center gap-x-2 text-xs sm:h-6 sm:flex-nowrap';

type RowProps = { item: Attention; onStarted: (batchId: string) => void };

function Row({ item, onStarted }: RowProps) {
  const isDanger = item.severity === 'danger';
  // On a phone it would stand twice, one below the other.
  const isToldByPart = item.partsTotal === 1 && item.parts[0]?.since === item.since;
  return (
    <li className="flex min-h-9 flex-wrap items-start gap-x-2 px-3 py-2">
      <span className="flex h-5 items-center">
        <StateGlyph
          shape={isDanger ? 'square' : 'half'}
          tone={isDanger ? 'danger' : 'warning'}
          label={isDanger ? 'Urgent' : 'Warning'}
        />
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <div className="line-clamp-3 wrap-anywhere">
          <ResourceLink kind={item.kind} id={item.id} className="font-medium hover:underline">
            {item.name}
          </ResourceLink>{' '}
          <span className="text-muted">
            <span className="text-xs">{item.kind.replace('-', ' ')}</span> · {item.what}
          </span>
        </div>
        {item.parts.map((part) => (
          <Part key={part.id} part={part} />
        ))}
        {item.partsTotal > item.parts.length && (
          <div className="flex min-h-6 items-center text-xs text-muted">
            and {(item.partsTotal - item.parts.length).toLocaleString('en')} more
          </div>
        )}
        {item.before.length > 0 && (
          <div className={LINE}>
            <Suspense>
              <AttentionBefore item={item} />
            </Suspense>
          </div>
        )}
      </div>
      <span className="ml-auto flex min-h-7 items-center gap-2">
        {item.since !== null && (
          <span className={cx('text-xs whitespace-nowrap text-muted', isToldByPart && 'max-sm:hidden')}>
            <Elapsed since={item.since} />
          </span>
        )}
        <span className={item.remedy === null ? undefined : 'min-w-20 text-right'}>
          <Suspense>
            <AttentionActions item={item} onStarted={onStarted} />
          </Suspense>
        </span>
      </span>
    </li>
  );
}

/** An instance, the cause as Cycle tells it, and since when. */
function Part({ part }: { part: Attention['parts'][number] }) {
  return (
    <div className={LINE}>
      <StateLabel state={part.state} />
      <span className="min-w-0 wrap-anywhere sm:truncate" title={part.error ?? undefined}>
        <ResourceLink kind="instance" id={part.id} className="hover:underline">
          {part.name}
        </ResourceLink>
        {part.error !== null && <span className="text-muted">: {isolated(part.error)}</span>}
      </span>
      {part.since !== null && (
        <span className="whitespace-nowrap text-muted">
          <Elapsed since={part.since} />
        </span>
      )}
    </div>
  );
}

export function AttentionList({ items, total }: { items: readonly Attention[]; total: number }) {
  const more = total - items.length;
  // The report stays when what was wrong is gone from the list.
  const [batch, setBatch] = useState<string | null>(null);
  return (
    <Panel title={total === 0 ? 'Needs attention' : `Needs attention (${total.toLocaleString('en')})`} flush>
      {items.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">Nothing needs attention.</p>
      ) : (
        <ul className="max-h-[32rem] divide-y divide-line overflow-auto">
          {items.map((item) => (
            <Row key={`${item.kind} ${item.id}`} item={item} onStarted={setBatch} />
          ))}
          {more > 0 && <li className="px-3 py-2 text-muted">and {more.toLocaleString('en')} more</li>}
        </ul>
      )}
      {batch !== null && (
        <Suspense>
          <BatchReport id={batch} onClose={() => setBatch(null)} />
        </Suspense>
      )}
    </Panel>
  );
}
