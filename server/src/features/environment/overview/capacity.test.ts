import { afterEach, expect, it } from 'vitest';

import { environmentBench, eventually } from '../environment.fixture.ts';
import type { EnvironmentBench } from '../environment.fixture.ts';
import { bucketsOf } from './capacity.ts';

let bench: EnvironmentBench | undefined;
afterEach(() => bench?.close());

it('counts once a minute, and marks what failed and came back', async () => {
  bench = await environmentBench({ lookMs: 20 });
  const service = await bench.serveRead();
  const { simulator } = bench;
  const failing = [...service.collector.snapshot.instances.values()].find(
    ({ hostname, state }) => hostname === 'api' && state.current === 'running',
  );
  if (failing === undefined) throw new Error('expected a running instance of api');
  simulator.happen({ kind: 'instance.fail', id: failing.id });
  await eventually('the failure on record', async () =>
    (await service.events({ of: failing.id, limit: 5 })).events.some(({ outcome }) => outcome === 'failed'),
  );
  const seen = await eventually('the first count', async () => {
    const answer = await service.capacity();
    return answer.recordedSince === null ? null : answer;
  });
  const newest = seen.buckets.findLast((bucket) => bucket !== null) ?? {};
  const total = Object.values(newest).reduce((sum, count) => sum + count, 0);
  expect(total).toBe((await service.overview()).instances.total);
  expect(seen.buckets.length).toBeLessThanOrEqual(288);
  expect(seen.marks.at(-1)?.failures).toBeGreaterThanOrEqual(1);
});

it('keeps of a bucket the minute with the fewest running, and leaves gaps', () => {
  const row = (minute: number, running: number, failed = 0) => ({
    at: minute * 60_000,
    running,
    failed,
    unhealthy: 0,
    not_ready: 0,
    changing: 0,
    stopped: 0,
  });
  const buckets = bucketsOf([row(0, 9), row(1, 7, 2), row(4, 8, 1), row(10, 9)], 0, 3);
  expect(buckets).toEqual([
    expect.objectContaining({ running: 7, failed: 2 }),
    null,
    expect.objectContaining({ running: 9, failed: 0, 'not-ready': 0 }),
  ]);
});
