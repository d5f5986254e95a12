import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { z } from 'zod';

import { Tabs } from '../../../ui/tabs.tsx';
import { ObjectEvents } from './ObjectEvents.tsx';

const tabSearch = z.object({ tab: z.enum(['summary', 'events']).catch('summary') });

type ObjectTabsProps = { of: string; name: string; summary: ReactNode };

/** The chosen tab is in the URL; Back leaves the page, not the tab. */
export function ObjectTabs({ of, name, summary }: ObjectTabsProps) {
  const { tab } = tabSearch.parse(useSearch({ strict: false }));
  const navigate: (options: object) => Promise<void> = useNavigate();
  return (
    <Tabs
      label={name}
      value={tab}
      onValueChange={(next) =>
        void navigate({
          to: '.',
          search: next === 'summary' ? {} : { tab: next },
          replace: true,
          resetScroll: false,
        })
      }
      tabs={[
        { value: 'summary', label: 'Summary', content: summary },
        { value: 'events', label: 'Events', content: <ObjectEvents of={of} /> },
      ]}
    />
  );
}
