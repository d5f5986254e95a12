import type { Freshness } from '@cyclorama/shared/common.ts';
import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { StaleNotice } from './states.tsx';
import { tabTitle, useTitleBadge } from './title-badge.ts';

type PageProps = {
  title: string;
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
  return (
    <div className="flex min-h-full flex-col gap-3 p-4 max-sm:p-3">
      <header className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-[min(100%,16rem)] flex-1">
          <h1 className="truncate text-lg">{title}</h1>
          {subtitle !== undefined && <div className="wrap-anywhere text-muted">{subtitle}</div>}
        </div>
        {actions !== undefined && (
          <div data-print="hide" className="flex flex-wrap items-center gap-2">
            {actions}
          </div>
        )}
      </header>
      {freshness !== undefined && <StaleNotice freshness={freshness} />}
      {children}
    </div>
  );
}
