import type { Attention } from '@cyclorama/shared/environment.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Elapsed } from '../../../../ui/time.tsx';

function Row({ item }: { item: Attention }) {
  const isDanger = item.severity === 'danger';
  return (
    <li className="flex min-h-9 items-center gap-2 px-3 py-1">
      <StateGlyph
        shape={isDanger ? 'square' : 'half'}
        tone={isDanger ? 'danger' : 'warning'}
        label={isDanger ? 'Urgent' : 'Warning'}
      />
      <div className="line-clamp-3 min-w-0 flex-1 wrap-anywhere">
        <ResourceLink kind={item.kind} id={item.id} className="font-medium hover:underline">
          {item.name}
        </ResourceLink>{' '}
        <span className="text-muted">
          <span className="text-xs">{item.kind.replace('-', ' ')}</span> · {item.what}
          {item.parts.map((part) => (
            <span key={part.id}>
              {' '}
              ·{' '}
              <ResourceLink kind="instance" id={part.id} className="hover:underline">
                {part.name}
              </ResourceLink>
              {part.error !== null && `: ${isolated(part.error)}`}
            </span>
          ))}
        </span>
      </div>
      {item.since !== null && (
        <span className="text-xs text-muted">
          <Elapsed since={item.since} />
        </span>
      )}
    </li>
  );
}

export function AttentionList({ items, total }: { items: readonly Attention[]; total: number }) {
  const more = total - items.length;
  return (
    <Panel title={total === 0 ? 'Needs attention' : `Needs attention (${total.toLocaleString('en')})`} flush>
      {items.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">Nothing needs attention.</p>
      ) : (
        <ul className="max-h-80 divide-y divide-line overflow-auto">
          {items.map((item) => (
            <Row key={`${item.kind} ${item.id}`} item={item} />
          ))}
          {more > 0 && <li className="px-3 py-2 text-muted">and {more.toLocaleString('en')} more</li>}
        </ul>
      )}
    </Panel>
  );
}
