import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import { expect, it } from 'vitest';

import { marksOf } from './rules.ts';

const event = (id: number, time: string, over: Partial<ObjectEvent> = {}): ObjectEvent => ({
  id,
  time,
  ended: null,
  of: { kind: 'instance', id: 'i1', name: 'api-1' },
  kind: 'restart',
  before: null,
  after: null,
  outcome: 'done',
  by: null,
  detail: null,
  ...over,
});
const span = { from: Date.parse('2026-01-01T10:00:00Z'), to: Date.parse('2026-01-01T11:00:00Z') };

it('marks what happened within the range, oldest first, with who asked for it', () => {
  const events = [
    event(3, '2026-01-01T10:40:00Z', { kind: 'action', after: 'restart', outcome: 'failed', by: 'ada' }),
    event(2, '2026-01-01T10:20:00Z'),
    event(1, '2026-01-01T09:20:00Z'),
  ];
  const marks = marksOf(events, { kind: 'instance' }, span);
  expect(marks.map(({ text, tone }) => [text, tone])).toEqual([
    ['Restarted', 'neutral'],
    ['Restart failed by ada', 'danger'],
  ]);
});

it('marks a container’s deployment once', () => {
  const deployed = { kind: 'deployment', after: 'v2' } as const;
  const events = [
    event(2, '2026-01-01T10:21:00Z', deployed),
    event(1, '2026-01-01T10:20:00Z', { ...deployed, of: { kind: 'container', id: 'c1', name: 'api' } }),
  ];
  expect(marksOf(events, { kind: 'container' }, span).map(({ id }) => id)).toEqual([1]);
  expect(marksOf(events, { kind: 'instance' }, span)).toHaveLength(2);
});
