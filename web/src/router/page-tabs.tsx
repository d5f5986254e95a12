import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { Tabs } from '../ui/tabs.tsx';
import { pageTabNames, pageTabsSearch } from './page-tabs-search.ts';
import type { PageTabName } from './page-tabs-search.ts';

const labels: Record<PageTabName, string> = {
  summary: 'Summary',
  events: 'Events',
  telemetry: 'Telemetry',
  logs: 'Logs',
  console: 'Console',
  relations: 'Relations',
  raw: 'Raw',
};

type PageTabsProps = {
  /** Names the tab list to a screen reader. */
  name: string;
  /** In the order of the tabs; those left out have no tab. */
  contents: { summary: ReactNode } & Partial<Record<PageTabName, ReactNode>>;
};

/** The tabs of a page of one object. The chosen one is in the URL; Back leaves the page, not the tab. */
export function PageTabs({ name, contents }: PageTabsProps) {
  const { tab = 'summary' } = pageTabsSearch.parse(useSearch({ strict: false }));
  const navigate: (options: object) => Promise<void> = useNavigate();
  return (
    <Tabs
      label={name}
      value={contents[tab] === undefined ? 'summary' : tab}
      onValueChange={(next) =>
        void navigate({
          to: '.',
          search: next === 'summary' ? {} : { tab: next },
          replace: true,
          resetScroll: false,
        })
      }
      tabs={pageTabNames.flatMap((value) =>
        contents[value] === undefined ? [] : [{ value, label: labels[value], content: contents[value] }],
      )}
    />
  );
}
