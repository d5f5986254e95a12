import { useQuery } from '@tanstack/react-query';
import { CircleHelp, Search } from 'lucide-react';

import { overviewQuery } from '../api/overview.ts';
import { UpstreamStatus } from './UpstreamStatus.tsx';
import { UserMenu } from './UserMenu.tsx';
import { ZoneSwitch } from './ZoneSwitch.tsx';

type TopBarProps = {
  onSearch: () => void;
  onShortcuts: () => void;
};

export function TopBar({ onSearch, onShortcuts }: TopBarProps) {
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b border-line bg-panel px-3 min-[900px]:px-4"
    >
      <EnvironmentName />
      <UpstreamStatus />
      <button
        type="button"
        onClick={onSearch}
        className="mr-2 inline-flex h-8 items-center gap-2 rounded-md border border-line px-2.5 text-muted hover:bg-hover max-[899px]:mr-0 max-[899px]:border-transparent"
      >
        <Search aria-hidden size={14} />
        <span className="max-[899px]:sr-only">Go to…</span>
        <kbd className="font-sans text-xs max-[899px]:hidden">Ctrl K</kbd>
      </button>
      <div className="contents max-sm:hidden">
        <ZoneSwitch />
        <button
          type="button"
          aria-label="Keyboard shortcuts"
          onClick={onShortcuts}
          className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover"
        >
          <CircleHelp aria-hidden size={15} />
        </button>
      </div>
      <UserMenu />
    </header>
  );
}

function EnvironmentName() {
  const { data } = useQuery({ ...overviewQuery, select: ({ environment }) => environment });
  return (
    <div className="min-w-0 flex-1 truncate">
      <span className="font-medium">{data?.name ?? ' '}</span>
      {data && (
        <span className="ml-2 text-muted max-sm:hidden">
          {data.hubName} · {data.cluster}
        </span>
      )}
    </div>
  );
}
