import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import { expect, it } from 'vitest';

import { alert } from '../../../testing/builders/alerts.ts';
import { objectEvent } from '../../../testing/builders/object-events.ts';
import { alertMarks, groupMarks, marksOf } from './rules.ts';

const event = (id: number, time: string, over: Partial<ObjectEvent> = {}) =>
  objectEvent({ id, time, of: { kind: 'instance', id: 'i1', name: 'api-1' }, ...over });
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

it('groups marks that would cover each other, under the looks of the worst', () => {
  const events = [
    event(4, '2026-01-01T10:30:00Z'),
    event(3, '2026-01-01T10:02:00Z'),
    event(2, '2026-01-01T10:01:00Z', { kind: 'action', after: 'restart', outcome: 'failed' }),
    event(1, '2026-01-01T10:00:00Z'),
  ];
  const groups = groupMarks(marksOf(events, { kind: 'instance' }, span), span);
  expect(groups.map(({ marks }) => marks.map(({ id }) => id))).toEqual([[1, 2, 3], [4]]);
  expect(groups.map(({ looks }) => looks.tone)).toEqual(['danger', 'neutral']);
  expect(groups[0]?.at).toBe(span.from);
});

it('leaves no two groups closer than a handle is wide, however many events there are', () => {
  const events = Array.from({ length: 200 }, (_, index) =>
    event(index, new Date(span.to - index * 18_000).toISOString()),
  );
  const groups = groupMarks(marksOf(events, { kind: 'instance' }, span), span);
  expect(groups.flatMap(({ marks }) => marks)).toHaveLength(200);
  for (const [index, group] of groups.entries())
    expect(group.at - (groups[index - 1]?.at ?? 0)).toBeGreaterThan((span.to - span.from) / 16);
});

it('marks where an alert fired and where it was over, as far as that is within the range', () => {
  const fired = { firedAt: '2026-01-01T10:10:00Z', resolvedAt: '2026-01-01T10:20:00Z' };
  const alerts = [
    alert({ id: 'a2', firedAt: '2026-01-01T09:10:00Z', resolvedAt: '2026-01-01T10:15:00Z' }),
    alert({ id: 'a1', state: 'resolved', severity: 'warning', ...fired }),
    alert({ id: 'a3', firedAt: '2026-01-01T10:30:00Z' }),
  ];
  const marks = alertMarks(alerts, span).map(({ alert: to, text, tone }) => [to, text, tone]);
  expect(marks).toEqual([
    ['a1', 'Alert: Instance failed', 'warning'],
    ['a2', 'Alert over: Instance failed', 'success'],
    ['a1', 'Alert over: Instance failed', 'success'],
    ['a3', 'Alert: Instance failed', 'danger'],
  ]);
});
