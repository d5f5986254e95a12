import type { Attention } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph, StateLabel } from '../../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../../ui/time.tsx';

function Row({ item }: { item: Attention }) {
  const isDanger = item.severity === 'danger';
  return (
    <li className="flex min-h-9 items-start gap-2 px-3 py-2">
      <span className="flex h-5 items-center">
        <StateGlyph
          shape={isDanger ? 'square' : 'half'}
          tone={isDanger ? 'danger' : 'warning'}
          label={isDanger ? 'Urgent' : 'Warning'}
        />
      </span>
      <div className="min-w-0 flex-1">
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
          <div className="text-xs text-muted">
            and {(item.partsTotal - item.parts.length).toLocaleString('en')} more
          </div>
        )}
      </div>
      {item.since !== null && (
        <span className="text-xs leading-5 whitespace-nowrap text-muted">
          <Elapsed since={item.since} />
        </span>
      )}
    </li>
  );
}

/** An instance, the cause as Cycle tells it, and since when. */
function Part({ part }: { part: Attention['parts'][number] }) {
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-2 text-xs">
      <StateLabel state={part.state} />
      <span className="min-w-0 wrap-anywhere">
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
  return (
    <Panel title={total === 0 ? 'Needs attention' : `Needs attention (${total.toLocaleString('en')})`} flush>
      {items.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">Nothing needs attention.</p>
      ) : (
        <ul className="max-h-[32rem] divide-y divide-line overflow-auto">
          {items.map((item) => (
            <Row key={`${item.kind} ${item.id}`} item={item} />
          ))}
          {more > 0 && <li className="px-3 py-2 text-muted">and {more.toLocaleString('en')} more</li>}
        </ul>
      )}
    </Panel>
  );
}
