import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';

export const objectEvent = (over: Partial<ObjectEvent> = {}): ObjectEvent => ({
  id: 1,
  time: '2026-01-01T10:00:00Z',
  ended: null,
  of: { kind: 'instance', id: 'i1', name: 'web-1' },
  kind: 'restart',
  before: null,
  after: null,
  outcome: 'done',
  by: null,
  detail: null,
  ...over,
});
