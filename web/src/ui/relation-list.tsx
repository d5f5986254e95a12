import type { ReactNode } from 'react';

import { Panel } from './panel.tsx';

const MOST_SHOWN = 100;

export type Relation = {
  id: string;
  /** A `ResourceLink`. */
  link: ReactNode;
  glyph?: ReactNode;
  /** A word on the right: what it is, or its state. */
  note?: ReactNode;
};

type RelationListProps = {
  title: string;
  relations: readonly Relation[];
  /** Where the rest are, when there are too many to show. */
  restIn?: string;
};

/** Objects of one relation to the page's; nothing where there are none. */
export function RelationList({ title, relations, restIn = 'in their list' }: RelationListProps) {
  if (relations.length === 0) return null;
  const more = relations.length - MOST_SHOWN;
  return (
    <Panel title={`${title} (${relations.length.toLocaleString('en')})`} flush>
      <ul className="divide-y divide-line">
        {relations.slice(0, MOST_SHOWN).map(({ id, link, glyph, note }) => (
          <li key={id} className="flex min-h-9 items-center gap-2 px-3">
            {glyph}
            <span className="min-w-0 flex-1 truncate">{link}</span>
            <span className="text-xs text-muted">{note}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="px-3 py-2 text-xs text-muted">
          and {more.toLocaleString('en')} more, {restIn}
        </p>
      )}
    </Panel>
  );
}
