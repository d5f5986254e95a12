import { useConnection } from '../api/connection.ts';
import type { Connection } from '../api/connection.ts';
import { useNow } from '../lib/now.ts';
import { formatDuration } from '../lib/units.ts';
import { StateGlyph } from '../ui/state-glyph.tsx';
import type { StateShape, StateTone } from '../ui/state-visual.ts';
import { Tooltip } from '../ui/tooltip.tsx';

const LOOK: Record<
  Connection['state'],
  { shape: StateShape; tone: StateTone; word: string; meaning: string }
> = {
  connecting: { shape: 'half', tone: 'muted', word: 'Connecting', meaning: 'Opening the event stream.' },
  live: { shape: 'filled', tone: 'success', word: 'Live', meaning: 'Changes come in as they happen.' },
  delayed: {
    shape: 'half',
    tone: 'warning',
    word: 'Delayed',
    meaning: 'The event stream is interrupted: reconnecting, and reading every 15 s meanwhile.',
  },
  offline: {
    shape: 'square',
    tone: 'danger',
    word: 'Offline',
    meaning: 'The dashboard can’t be reached. What is shown is the last that was read.',
  },
};

/** Live, delayed and for how long, or offline. */
export function ConnectionState() {
  const { state, since } = useConnection();
  const now = useNow();
  const { shape, tone, word, meaning } = LOOK[state];
  const late = state === 'delayed' || state === 'offline';
  return (
    <Tooltip content={meaning}>
      <span
        // Reached by the keyboard for its explanation.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="inline-flex h-8 items-center gap-1.5 px-1.5 text-xs whitespace-nowrap"
      >
        <StateGlyph shape={shape} tone={tone} />
        <span className="max-sm:sr-only">{word}</span>
        {late && <span className="text-muted max-sm:sr-only">{formatDuration(now - since)}</span>}
      </span>
    </Tooltip>
  );
}
