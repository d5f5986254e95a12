import type { Attention } from '@cyclorama/shared/environment.ts';

import { eventText } from '../../../../ui/event-text.ts';
import { Ago } from '../../../../ui/time.tsx';

/** What changed in the half hour before, and who did it. */
export function AttentionBefore({ item }: { item: Attention }) {
  return (
    <>
      <span className="whitespace-nowrap text-muted">Just before: </span>
      {item.before.map((event) => (
        <span key={event.id} className="min-w-0 wrap-anywhere sm:truncate">
          {eventText(event)}
          {event.of.id !== item.id && ` ${event.of.name}`}
          {event.by !== null && <span> by {event.by}</span>}{' '}
          <span className="text-muted">
            <Ago at={event.time} />
          </span>
        </span>
      ))}
    </>
  );
}
