import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { QueryView } from '../../../api/query-view.tsx';
import { chosenSpan } from '../../../lib/time-range.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { useTimeRange } from '../../../router/use-time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { eventText, eventVisual } from '../../../ui/event-text.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StateGlyph } from '../../../ui/state-glyph.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { TimeFilter } from '../../../ui/time-range/time-filter.tsx';
import { Absolute, Ago } from '../../../ui/time.tsx';
import { objectEventsQuery } from '../object-events.ts';

/** The life of one object, newest first; a container's includes that of its instances. */
export function ObjectEvents({ of, shown }: { of: string; shown?: number | undefined }) {
  const [search, setSearch] = useTimeRange();
  const span = chosenSpan(search);
  const query = useInfiniteQuery(objectEventsQuery(of, shown, span));
  return (
    <Panel
      title="Events"
      actions={
        shown === undefined ? (
          <TimeFilter search={search} onChange={setSearch} />
        ) : (
          <Link to="." search={{ tab: 'events' }} className="text-xs text-accent-text hover:underline">
            Newest events
          </Link>
        )
      }
      flush
    >
      <QueryView query={query}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.events);
          if (events.length === 0)
            return span === null ? (
              <EmptyState
                title="Nothing has happened since this dashboard began to record."
                hint="Cycle keeps no history; changes appear here as they happen."
              />
            ) : (
              <EmptyState title="Nothing happened in this time." hint="Try a longer one, or all times." />
            );
          return (
            <>
              <ol className="divide-y divide-line">
                {events.map((event) => (
                  <Event
                    key={event.id}
                    event={event}
                    isOther={event.of.id !== of}
                    isShown={event.id === shown}
                  />
                ))}
              </ol>
              {query.hasNextPage && (
                <div className="border-t border-line p-2">
                  <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    Show earlier events
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </QueryView>
    </Panel>
  );
}

type EventProps = { event: ObjectEvent; isOther: boolean; isShown: boolean };

const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'center' });

function Event({ event, isOther, isShown }: EventProps) {
  const { of } = event;
  const { shape, tone } = eventVisual(event);
  return (
    <li
      ref={isShown ? intoView : undefined}
      aria-current={isShown || undefined}
      className="grid grid-cols-[auto_1fr_auto] items-baseline gap-x-2.5 px-3 py-1.5 aria-[current]:bg-accent-soft"
    >
      <StateGlyph shape={shape} tone={tone} />
      <span className="min-w-0">
        <span className={tone === 'danger' ? 'text-danger-text' : undefined}>{eventText(event)}</span>
        {event.by !== null && <span className="text-muted"> by {event.by}</span>}
        {isOther && (of.kind === 'instance' || of.kind === 'container') && (
          <>
            {' '}
            <ResourceLink kind={of.kind} id={of.id}>
              {of.name}
            </ResourceLink>
          </>
        )}
        {event.detail !== null && <span className="block text-muted">{event.detail}</span>}
      </span>
      <span className="text-right text-xs text-muted">
        <Ago at={event.time} />
        <span className="block max-sm:hidden">
          <Absolute at={event.time} />
        </span>
      </span>
    </li>
  );
}
