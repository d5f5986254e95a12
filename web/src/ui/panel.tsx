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
      <header className="flex min-h-9 items-center gap-2 border-b border-line px-3 max-sm:flex-wrap max-sm:py-1">
        <h2 id={id} className="flex-1 truncate max-sm:min-w-[min(100%,9rem)] text-sm">
          {title}
        </h2>
        {actions}
      </header>
      <div className={flush ? undefined : 'p-3'}>{children}</div>
    </section>
  );
}
