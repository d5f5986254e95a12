import { afterEach, beforeEach, expect, it } from 'vitest';

import { appendQueueLengths } from '../../../store/queue-history.ts';
import { robotDeployment } from '../../../testing/builders/robots.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import { createRobotWaits } from './waits.ts';

const MINUTE = 60_000;

let bench: RobotsBench;
beforeEach(async () => {
  bench = await robotsBench();
});
afterEach(() => bench.close());

/** Twenty turns of ten minutes each, with one more person always in line. */
async function record(): Promise<void> {
  const start = bench.clock.now() - 200 * MINUTE;
  const rows = Array.from({ length: 40 }, (_, index) => ({
    deployment_id: 'd',
    at: start + Math.floor(index / 2) * 10 * MINUTE + (index % 2) * 1_000,
    length: index % 2 === 0 ? 1 : 2,
  }));
  await appendQueueLengths(bench.store.db, rows);
}

it('keeps the forecasts of joining and of being in a queue, and makes them anew when it changes', async () => {
  await record();
  let length = 2;
  const changed: string[] = [];
  const waits = createRobotWaits({
    db: bench.store.db,
    clock: bench.clock,
    keepDays: 30,
    all: () => [robotDeployment({ id: 'd', queueLength: length })],
    onChange: (id) => void changed.push(id),
  });
  expect(waits.wait('d')).toBeUndefined();
  await waits.tick();
  const inQueue = waits.waitInQueue('d');
  expect(inQueue).toMatchObject({ chance: 0.8 });
  expect(waits.wait('d')?.lowSeconds ?? 0).toBeGreaterThan(inQueue?.lowSeconds ?? 0);
  await waits.tick();
  expect(changed).toEqual(['d']);
  length = 1;
  await waits.tick();
  expect(waits.wait('d')).toEqual(inQueue);
  expect(changed).toEqual(['d', 'd']);
});
