import type { Freshness } from '@cyclorama/shared/common.ts';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

import { StaleNotice } from './states.tsx';
import { tabTitle, useTitleBadge } from './title-badge.ts';

/** Pages are complete by then, or say why not. */
const OPENING_MS = 3000;

type PageProps = {
  title: string;
  /** Null while it is not known: its line is kept free. */
  subtitle?: ReactNode;
  /** The primary action last. */
  actions?: ReactNode;
  freshness?: Freshness | undefined;
  children: ReactNode;
};

export function Page({ title, subtitle, actions, freshness, children }: PageProps) {
  const news = useTitleBadge();
  useEffect(() => {
    document.title = tabTitle(title, news);
  }, [title, news]);
  const isOpening = useOpening();
  return (
    <div data-opening={isOpening || undefined} className="flex min-h-full flex-col gap-3 p-4 max-sm:p-3">
      <header
        data-loading={subtitle === null || undefined}
        className="flex flex-wrap items-start gap-x-4 gap-y-2"
      >
        <div className="min-w-[min(100%,16rem)] flex-1">
          <h1 tabIndex={-1} className="truncate text-lg leading-8">
            {title}
          </h1>
          {subtitle !== undefined && <div className="min-h-5 wrap-anywhere text-muted">{subtitle}</div>}
        </div>
        {actions !== undefined && (
          <div data-print="hide" className="flex min-h-8 flex-wrap items-center gap-2">
            {actions}
          </div>
        )}
      </header>
      {freshness !== undefined && <StaleNotice freshness={freshness} />}
      {children}
    </div>
  );
}

/** A page appears from top to bottom: while it opens, what stands below a part that still loads is hidden. */
function useOpening(): boolean {
  const [isOpening, setOpening] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setOpening(false), OPENING_MS);
    return () => clearTimeout(timer);
  }, []);
  return isOpening;
}
