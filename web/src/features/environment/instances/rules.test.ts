import { expect, it } from 'vitest';

import { task } from '../../../testing/builders/environment.ts';
import { newestTask, warningOf } from './rules.ts';

it('takes the newer task, and of one task the account that is further on', () => {
  const later = task({ id: 'u', requestedAt: '2026-01-02T00:00:00Z' });
  expect(newestTask(task(), later)).toBe(later);
  expect(newestTask(null, later)).toBe(later);
  expect(newestTask(task({ state: 'done' }), task({ state: 'sent' }))?.state).toBe('done');
});

it('warns before the dashboard stops itself, and only then', () => {
  expect(warningOf('stop', true)).toContain('dashboard');
  expect([warningOf('stop', false), warningOf('start', true)]).toEqual([undefined, undefined]);
});
