import { useId } from 'react';
import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';

type PanelProps = {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  /** No padding, for lists that reach the edge. */
  flush?: boolean;
  className?: string;
};

export function Panel({ title, actions, children, flush = false, className }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx('min-w-0 rounded-lg border border-line bg-panel', className)}>
      <header className="flex min-h-9 flex-wrap items-center gap-2 border-b border-line px-3 max-sm:py-1">
        <h2 id={id} className="min-w-[min(100%,9rem)] flex-1 truncate text-sm">
          {title}
        </h2>
        {actions}
      </header>
      <div className={flush ? undefined : 'p-3'}>{children}</div>
    </section>
  );
}
