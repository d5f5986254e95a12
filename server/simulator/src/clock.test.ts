import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it, onTestFinished } from 'vitest';

import { headStartClock } from './clock.ts';

it('runs ahead by hand, then goes on in real time with what waits', async () => {
  const clock = headStartClock(Date.now() - 60_000);
  onTestFinished(() => clock.stop());
  const done: string[] = [];
  clock.after(30_000, () => done.push('in the past'));
  clock.after(60_040, () => done.push('taken along'));
  const cancel = clock.after(60_040, () => done.push('cancelled'));
  clock.runAhead(60_000);
  expect(done).toEqual(['in the past']);
  clock.goLive();
  cancel();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
  while (done.length < 2) await sleep(10);
  expect(done).toEqual(['in the past', 'taken along']);
});
