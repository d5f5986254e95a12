import { ChevronRight } from 'lucide-react';

import { cx } from '../lib/class-names.ts';
import type { Column } from './data-table.types.ts';

export type Details<Row> = {
  columns: readonly Column<Row>[];
  open: ReadonlySet<string>;
  onToggle: (key: string) => void;
};

type DetailsButtonProps = { rowKey: string; details: Details<never>; className?: string };

export function DetailsButton({ rowKey, details, className }: DetailsButtonProps) {
  const isOpen = details.open.has(rowKey);
  return (
    <button
      type="button"
      aria-label="Details"
      aria-expanded={isOpen}
      onClick={() => details.onToggle(rowKey)}
      className={cx(
        'inline-flex size-7 shrink-0 items-center justify-center rounded text-muted hover:bg-active hover:text-text',
        className,
      )}
    >
      <ChevronRight aria-hidden size={14} className={isOpen ? 'rotate-90' : undefined} />
    </button>
  );
}

/** What had no room in the row, in full. */
export function DetailFacts<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,200px),1fr))] gap-x-6 gap-y-1.5 px-3 py-2">
      {columns.map((column) => (
        <div key={column.key} className={cx('min-w-0', column.wide === true && 'col-span-full')}>
          <dt className="text-xs leading-4 text-muted">{column.header}</dt>
          <dd className="min-h-5 wrap-anywhere">{column.cell(row)}</dd>
        </div>
      ))}
    </dl>
  );
}
