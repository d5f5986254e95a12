import type { UpstreamStatus } from '@cyclorama/shared/common.ts';
import { expect, it } from 'vitest';

import { summary, worstState } from './upstream-status.rules.ts';

const upstream = (state: UpstreamStatus['state']): UpstreamStatus => ({
  name: 'cycle',
  label: 'Cycle',
  state,
  asOf: null,
  failingSince: null,
  reason: null,
  budget: null,
});

it('is as bad as the worst one that is configured', () => {
  expect(worstState([upstream('live'), upstream('stale'), upstream('unavailable')])).toBe('unavailable');
  expect(worstState([upstream('live'), upstream('unconfigured')])).toBe('live');
  expect(worstState([])).toBe('unconfigured');
});

it('counts those that are not live among the configured', () => {
  expect(summary([upstream('live'), upstream('unconfigured')])).toBe('Upstreams live');
  expect(summary([upstream('live'), upstream('stale'), upstream('unconfigured')])).toBe(
    '1 of 2 upstreams not live',
  );
});
