import { metricsRequest, monitoringEventsRequest } from '@cyclorama/shared/monitoring.ts';
import { expect, it } from 'vitest';

import { fieldErrors } from '../../lib/form-errors.ts';
import { eventOf, formErrors, metricOf } from './request.rules.ts';

const now = '2026-03-26T09:15:00Z';
const metric = { metric: 'queue.depth', type: 'gauge', value: '3', tags: '', labels: '' } as const;
const event = {
  event: 'render.failed',
  type: 'error',
  priority: 'high',
  text: '',
  tags: 'prod, night',
  labels: 'queue=render\nurl=http://a/?b=c',
  componentId: '',
  componentType: '',
} as const;

it('makes of a form what Cycle takes', () => {
  expect(metricOf(metric, now)).toEqual({
    metric: 'queue.depth',
    type: 'gauge',
    points: [{ time: now, values: [3] }],
  });
  expect(eventOf({ ...event, componentId: 'a1', componentType: 'instance' })).toEqual({
    event: 'render.failed',
    type: 'error',
    priority: 'high',
    tags: ['prod', 'night'],
    labels: { queue: 'render', url: 'http://a/?b=c' },
    metadata: { component: { id: 'a1', type: 'instance' } },
  });
  expect(fieldErrors(monitoringEventsRequest, [eventOf(event)])).toEqual({});
});

it.each(['1.5', 'many', ''])('says that “%s” is no whole number', (value) => {
  const errors = fieldErrors(metricsRequest, [metricOf({ ...metric, value }, now)]);
  expect(formErrors(errors)).toEqual({ value: 'Expected a whole number.' });
});

it('names a label without a value, and a missing name', () => {
  const errors = fieldErrors(metricsRequest, [metricOf({ ...metric, metric: ' ', labels: 'queue' }, now)]);
  expect(formErrors(errors)).toEqual({ metric: 'Expected a value.', labels: 'queue: Expected a value.' });
});
