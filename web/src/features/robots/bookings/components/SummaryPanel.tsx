import type { Booking } from '@cyclorama/shared/robots.ts';
import { Link } from '@tanstack/react-router';

import { formatDuration } from '../../../../lib/units.ts';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { bookingSummary } from '../booking-end.rules.ts';

export function SummaryPanel({ booking }: { booking: Booking }) {
  const summary = bookingSummary(booking);
  if (summary === null) return null;
  return (
    <Panel
      title="Summary"
      actions={
        <Link
          to="/activity"
          search={{ subject: booking.id }}
          className="text-xs text-accent-text hover:underline"
        >
          Activity of this booking
        </Link>
      }
    >
      <DefinitionList
        items={[
          ['Waited', summary.waitedMs === null ? 'unknown' : formatDuration(summary.waitedMs)],
          ['Held', summary.heldMs === null ? 'never' : formatDuration(summary.heldMs)],
          ['Ended by', summary.endedBy],
        ]}
      />
    </Panel>
  );
}
