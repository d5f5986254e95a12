import type { Booking } from '@cyclorama/shared/robots.ts';

import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import type { StateShape, StateTone } from '../../../../ui/state-visual.ts';
import { bookingSteps } from '../../rules.ts';
import type { StepStatus } from '../../rules.ts';

const visuals: Record<StepStatus, { shape: StateShape; tone: StateTone; label: string }> = {
  done: { shape: 'filled', tone: 'success', label: 'done' },
  current: { shape: 'half', tone: 'warning', label: 'now' },
  todo: { shape: 'ring', tone: 'muted', label: 'to come' },
  failed: { shape: 'square', tone: 'danger', label: 'failed' },
};

export function BookingSteps({ booking }: { booking: Booking }) {
  return (
    <ol aria-label="Steps of the booking" className="flex flex-wrap gap-x-6 gap-y-2">
      {bookingSteps(booking).map(({ name, status }) => {
        const isReady = name === 'Ready' && status === 'current';
        const { shape, tone, label } = isReady ? { ...visuals.done, label: 'now' } : visuals[status];
        return (
          <li
            key={name}
            aria-current={status === 'current' ? 'step' : undefined}
            className="flex items-center gap-1.5"
          >
            <StateGlyph shape={shape} tone={tone} />
            <span className={status === 'current' || status === 'failed' ? 'font-medium' : undefined}>
              {name}
            </span>
            <span className="text-xs text-muted">{label}</span>
          </li>
        );
      })}
    </ol>
  );
}
