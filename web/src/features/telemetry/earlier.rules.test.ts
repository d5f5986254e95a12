import { expect, it } from 'vitest';

import { telemetry } from '../../testing/builders/telemetry.ts';
import { earlierOf } from './earlier.rules.ts';

const DAY_MS = 86_400_000;
const today = telemetry({ times: [DAY_MS, DAY_MS + 10] });

it('lays yesterday beneath today, without series that were not measured then', () => {
  const before = telemetry({
    times: [0, 10],
    series: [
      { id: 'i1', name: 'api-1', values: { cpu: [1, 2] } },
      { id: 'i2', name: 'api-2', values: { cpu: [null, null] } },
    ],
  });
  expect(earlierOf('day', before, today)).toEqual({
    word: 'yesterday',
    series: [{ id: 'i1', name: 'api-1', values: { cpu: [1, 2] } }],
  });
});

it('has nothing to draw until it is read', () =>
  expect(earlierOf('week', undefined, today)).toEqual({ word: 'last week', series: [] }));
