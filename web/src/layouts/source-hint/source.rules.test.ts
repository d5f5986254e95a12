import type { Freshness } from '@cyclorama/shared/common.ts';
import { expect, it } from 'vitest';

import { live } from '../../testing/builders/common.ts';
import { sourceOf, sourceText } from './source.rules.ts';
import type { Reading } from './source.rules.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const at = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const text = (key: readonly unknown[], freshness: Freshness | undefined, over: Partial<Reading> = {}) =>
  sourceText({
    source: sourceOf(key, freshness),
    freshness,
    readAt: NOW - 14_000,
    now: NOW,
    moment: null,
    upstreams: [{ name: 'cycle', state: 'live', asOf: at(8) }],
    isStreamLive: true,
    zone: 'utc',
    ...over,
  });

it('tells when what is read now and then was read', () => {
  expect(text(['settings', 'environment'], { ...live, asOf: at(12) })).toBe(
    'Cycle’s internal API, read 12 s ago',
  );
  expect(text(['settings', 'metadata-file'], undefined)).toBe(
    'The file that Cycle mounts into this instance, read 14 s ago',
  );
  expect(text(['settings', 'hub-activity'], { ...live, asOf: at(9) })).toBe(
    'Cycle’s public API, read 9 s ago',
  );
  expect(text(['activity', 'list', {}], undefined)).toBe('Cyclorama’s record, read 14 s ago');
});

it('takes what is pushed to be as new as the last answer of its upstream, while the stream is live', () => {
  const topology = { ...live, asOf: at(300) };
  expect(text(['topology'], topology)).toBe('Cycle’s internal API, live: last read 8 s ago');
  expect(text(['topology'], topology, { isStreamLive: false })).toBe('Cycle’s internal API, read 5 min ago');
  expect(text(['topology'], topology, { upstreams: [] })).toBe(
    'Cycle’s internal API, live: last read 5 min ago',
  );
  expect(text(['deployments', {}], { ...live, asOf: at(31) })).toBe('rerobots, live: last read 31 s ago');
});

it('never calls fresh what is stale, unread or of a past minute', () => {
  const stale: Freshness = { state: 'stale', asOf: at(90), failingSince: at(80), reason: 'Down.' };
  expect(text(['topology'], stale)).toBe('Cycle’s internal API, last read 1 min ago, failing for 1 min 20 s');
  expect(text(['deployments'], { ...stale, state: 'unavailable', asOf: null })).toBe(
    'rerobots, not read yet',
  );
  expect(text(['topology-at', 5], live, { moment: NOW - 60_000 })).toBe(
    'Cycle’s internal API, as recorded at 2026-11-29 11:59:00 UTC',
  );
});
