import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { freshnessOf } from '../../../api/freshness.ts';
import { pageTabsSearch } from '../../../router/page-tabs-search.ts';
import { PageTabs } from '../../../router/page-tabs.tsx';
import { RawAnswer } from '../../../ui/raw-answer.tsx';
import type { RawAnswerProps } from '../../../ui/raw-answer.tsx';
import { SourceLine } from '../../../ui/source-line.tsx';
import { ObjectEvents } from './ObjectEvents.tsx';
import { ObjectRelations } from './ObjectRelations.tsx';

type ObjectTabsProps = {
  /** Id of a node of the topology; its events and relations are found by it. */
  of: string;
  name: string;
  summary: ReactNode;
  telemetry?: ReactNode;
  logs?: ReactNode;
  console?: ReactNode;
  raw: RawAnswerProps;
};

/**
 * Body of the page of any object of the environment; its route has `validateSearch: pageTabsSearch`, its `Page` an
 * `ObjectHead` as subtitle.
 */
export function ObjectTabs({ of, name, summary, raw, ...more }: ObjectTabsProps) {
  const { event } = pageTabsSearch.parse(useSearch({ strict: false }));
  return (
    <PageTabs
      name={name}
      contents={{
        summary,
        events: <ObjectEvents of={of} shown={event} />,
        ...more,
        relations: <ObjectRelations of={of} />,
        raw: (
          <>
            <SourceLine source="Cycle’s internal API" readAt={freshnessOf(raw.data)?.asOf ?? null} />
            <RawAnswer {...raw} />
          </>
        ),
      }}
    />
  );
}
