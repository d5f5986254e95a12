import { ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';

import { cx } from '../../../lib/class-names.ts';
import type { Schemas } from '../../../lib/json-schema.ts';
import { Badge } from '../../../ui/badge.tsx';
import { PathText } from '../../../ui/path-text.tsx';
import type { OperationRow } from '../rows.ts';
import { OperationDetail } from './OperationDetail.tsx';

type OperationItemProps = {
  row: OperationRow;
  schemas: Schemas;
  isOpen: boolean;
  /** The page was opened at this operation. */
  isTarget: boolean;
  onToggle: () => void;
};

export function OperationItem({ row, schemas, isOpen, isTarget, onToggle }: OperationItemProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isTarget) item.current?.scrollIntoView({ block: 'start' });
  }, [isTarget]);
  return (
    <li ref={item} className="scroll-mt-3 border-b border-line last:border-b-0">
      <h3 className="font-normal">
        <button
          type="button"
          data-operation
          aria-expanded={isOpen}
          onClick={onToggle}
          className={cx(
            'flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-left text-sm hover:bg-hover',
            isOpen && 'bg-sunken',
          )}
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={cx('shrink-0 text-muted transition-transform', isOpen && 'rotate-90')}
          />
          <span className="w-13 shrink-0 font-mono text-xs font-medium">{row.method}</span>{' '}
          <span className="min-w-0 font-mono text-xs max-sm:flex-1">
            <PathText path={row.path} />
          </span>{' '}
          <span className="min-w-0 text-muted sm:flex-1 max-sm:w-full">{row.operation.summary}</span>{' '}
          <Access row={row} />
        </button>
      </h3>
      {isOpen && <OperationDetail row={row} schemas={schemas} />}
    </li>
  );
}

function Access({ row: { role, sessionOnly, confirm } }: { row: OperationRow }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {sessionOnly && <Badge>page only</Badge>}
      {confirm && <Badge tone="warning">confirm</Badge>}
      <Badge tone={role === 'admin' ? 'accent' : 'neutral'}>{role}</Badge>
    </span>
  );
}
