import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';

import { shortenId } from '../lib/ids.ts';
import { parseTime } from '../lib/time.ts';
import { formatDuration } from '../lib/units.ts';
import { visualOf } from './state-visual.ts';
import type { StateVisual } from './state-visual.ts';

const VISUAL: Record<ObjectEvent['outcome'], Pick<StateVisual, 'shape' | 'tone'>> = {
  changed: { shape: 'ring', tone: 'muted' },
  started: { shape: 'half', tone: 'warning' },
  done: { shape: 'filled', tone: 'neutral' },
  recovered: { shape: 'filled', tone: 'success' },
  failed: { shape: 'square', tone: 'danger' },
  refused: { shape: 'square', tone: 'danger' },
};
const ACTIONS: Record<string, string> = { start: 'Start', stop: 'Stop', restart: 'Restart' };
const ENDS: Record<ObjectEvent['outcome'], string> = {
  started: 'requested',
  done: 'done',
  recovered: 'done',
  failed: 'failed',
  refused: 'refused',
  changed: 'ended without a known outcome',
};

export const eventVisual = ({ outcome }: Pick<ObjectEvent, 'outcome'>) => VISUAL[outcome];

/** What happened, in one line and without its object's name. */
export function eventText(event: ObjectEvent): string {
  const { kind, before, after, outcome } = event;
  switch (kind) {
    case 'state':
      return `${labelOf(after)}${before === null ? '' : `, was ${labelOf(before).toLowerCase()}`}`;
    case 'health':
      if (outcome === 'failed') return 'Health lost';
      return outcome === 'recovered' ? 'Healthy again' : 'Healthy';
    case 'readiness':
      return after === 'ready' ? 'Ready' : 'Not ready';
    case 'restart':
      return outcome === 'recovered' ? 'Restarted after it failed' : 'Restarted';
    case 'deployment':
      return deploymentText(event);
    case 'scaling':
      return scalingText(event);
    case 'migration':
      return migrationText(event);
    case 'setting':
      return `Changed ${after ?? 'a setting'}`;
    case 'created':
      return 'Created';
    case 'deleted':
      return 'Deleted';
    case 'action':
      return `${ACTIONS[after ?? ''] ?? after ?? 'Action'} ${ENDS[outcome]}${lasted(event)}`;
    default:
      return kind satisfies never;
  }
}

const labelOf = (state: string | null): string => visualOf(state ?? '').label;

function deploymentText(event: ObjectEvent): string {
  const { of, before, after, outcome } = event;
  const from = before === null ? '' : `, from ${before}`;
  if (of.kind === 'instance') return `Now runs ${after ?? ''}${from}`;
  if (outcome === 'started') return `Deploying ${after ?? ''}${from}`;
  return outcome === 'done'
    ? `Deployed ${after ?? ''}${from}${lasted(event)}`
    : `Deployment of ${after ?? ''} overtaken`;
}

/** `changed` with an end was asked for and not reached; without one nobody asked for it. */
function scalingText(event: ObjectEvent): string {
  const { before, after, outcome, ended } = event;
  const numbers = `from ${before ?? '0'} to ${after ?? '0'} instances`;
  if (outcome === 'started') return `Scaling ${numbers}`;
  if (outcome === 'done') return `Scaled ${numbers}${lasted(event)}`;
  return ended === null ? `Went ${numbers}` : `Scaling ${numbers} not reached`;
}

function migrationText(event: ObjectEvent): string {
  const server = `to server ${shortenId(event.after ?? '')}`;
  if (event.outcome === 'started') return `Migrating ${server}`;
  return event.outcome === 'done'
    ? `Migrated ${server}${lasted(event)}`
    : `Migration ${server} ended without it`;
}

function lasted({ time, ended }: Pick<ObjectEvent, 'time' | 'ended'>): string {
  const [from, to] = [parseTime(time), parseTime(ended)];
  return from === null || to === null ? '' : ` in ${formatDuration(Math.max(0, to - from))}`;
}
