import type { TimelineItem } from '@cyclorama/shared/timeline.ts';
import { expect, it } from 'vitest';

import { activityEntry } from '../../testing/builders/environment.ts';
import { lineOf } from './timeline.rules.ts';

const api = { kind: 'container', id: 'c1', name: 'API' };
const objectOf = (id: string) => (id === 'c1' ? api : null);
const at = '2026-01-01T00:00:07Z';
const job = {
  id: 'j1',
  caption: 'Deploy API',
  objectId: 'c1',
  state: 'running',
  error: null,
  queuedAt: null,
  startedAt: '2026-01-01T00:00:00Z',
  completedAt: null,
  progress: 0.4,
};
const event = {
  id: 1,
  time: at,
  ended: null,
  of: { kind: 'instance', id: 'i1', name: 'api-1' },
  kind: 'health',
  before: 'unhealthy',
  after: 'healthy',
  outcome: 'recovered',
  by: null,
  detail: null,
} as const;

const lines = (item: TimelineItem) => {
  const { what, visual, who, object, detail } = lineOf(item, objectOf);
  return [what, visual.label, visual.tone, who, object?.name, detail];
};

it('says an action with its end as one line', () => {
  const entry = activityEntry({ at, action: 'instance.restart', actor: 'ada', outcome: 'done' });
  expect(lines({ source: 'action', at, began: '2026-01-01T00:00:00Z', entry })).toEqual([
    'Restart instance',
    'Done',
    'success',
    'ada',
    entry.subject?.name,
    ['Took 7 s', entry.detail].filter((part) => part !== null).join(' · '),
  ]);
});

it('tells a recovery, and colours a failure', () => {
  expect(lines({ source: 'event', at, event })).toEqual([
    'Healthy again',
    'Recovered',
    'success',
    null,
    'api-1',
    null,
  ]);
  const failed = { ...event, after: 'unhealthy', outcome: 'failed' } as const;
  expect(lines({ source: 'event', at, event: failed }).slice(0, 3)).toEqual([
    'Health lost',
    'Failed',
    'danger',
  ]);
});

it('links a job to what it works on, with its progress or how long it took', () => {
  expect(lines({ source: 'job', at, job })).toEqual([
    'Deploy API',
    'In progress',
    'warning',
    'Cycle',
    'API',
    '40 %',
  ]);
  const ended = { ...job, state: 'error', error: 'no space', completedAt: at, objectId: 'gone' };
  expect(lines({ source: 'job', at, job: ended })).toEqual([
    'Deploy API',
    'Error',
    'danger',
    'Cycle',
    undefined,
    'Took 7 s · no space',
  ]);
});
