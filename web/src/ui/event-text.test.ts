import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import { expect, it } from 'vitest';

import { eventText, eventVisual } from './event-text.ts';

const event = (over: Partial<ObjectEvent>): ObjectEvent => ({
  id: 1,
  time: '2026-01-01T00:00:00Z',
  ended: null,
  of: { kind: 'instance', id: 'i1', name: 'api-1' },
  kind: 'state',
  before: null,
  after: null,
  outcome: 'changed',
  by: null,
  detail: null,
  ...over,
});
const container = { kind: 'container', id: 'c1', name: 'api' } as const;

it.each([
  [{ kind: 'state', before: 'running', after: 'failed', outcome: 'failed' }, 'Failed, was running'],
  [{ kind: 'health', before: 'healthy', after: 'unhealthy', outcome: 'failed' }, 'Health lost'],
  [{ kind: 'health', before: 'unhealthy', after: 'healthy', outcome: 'recovered' }, 'Healthy again'],
  [{ kind: 'scaling', before: '2', after: '4', outcome: 'started' }, 'Scaling from 2 to 4 instances'],
  [
    { kind: 'scaling', before: '2', after: '4', outcome: 'done', ended: '2026-01-01T00:00:08Z' },
    'Scaled from 2 to 4 instances in 8 s',
  ],
  [{ kind: 'scaling', before: '4', after: '3' }, 'Went from 4 to 3 instances'],
  [
    { kind: 'scaling', before: '2', after: '4', ended: '2026-01-01T00:00:08Z' },
    'Scaling from 2 to 4 instances not reached',
  ],
  [{ kind: 'migration', after: 's1', outcome: 'started' }, 'Migrating to server s1'],
  [{ kind: 'restart', outcome: 'recovered' }, 'Restarted after it failed'],
  [{ kind: 'readiness', before: 'ready', after: 'not ready' }, 'Not ready'],
  [
    { kind: 'deployment', after: 'v2', ended: '2026-01-01T00:00:08Z', of: container },
    'Deployment of v2 overtaken',
  ],
  [
    { kind: 'deployment', before: 'v1', after: 'v2', outcome: 'started', of: container },
    'Deploying v2, from v1',
  ],
  [{ kind: 'deployment', before: 'v1', after: 'v2', outcome: 'done' }, 'Now runs v2, from v1'],
  [{ kind: 'setting', after: 'memory limit, ports', of: container }, 'Changed memory limit, ports'],
  [{ kind: 'action', after: 'restart', outcome: 'started' }, 'Restart requested'],
  [
    { kind: 'action', after: 'restart', outcome: 'done', ended: '2026-01-01T00:00:07Z' },
    'Restart done in 7 s',
  ],
  [{ kind: 'action', after: 'stop', outcome: 'changed' }, 'Stop ended without a known outcome'],
] as const)('says %o as “%s”', (over, text) => expect(eventText(event(over))).toBe(text));

it('shows failures in red and recoveries in green', () =>
  expect([eventVisual({ outcome: 'failed' }).tone, eventVisual({ outcome: 'recovered' }).tone]).toEqual([
    'danger',
    'success',
  ]));
