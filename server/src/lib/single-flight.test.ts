import { expect, it, vi } from 'vitest';

import { singleFlight } from './single-flight.ts';

it('joins the round under way, tells of one that failed, and tries again', async () => {
  const told: unknown[] = [];
  const begun: PromiseWithResolvers<void>[] = [];
  const rounds = singleFlight(
    () => {
      const round = Promise.withResolvers<void>();
      begun.push(round);
      return round.promise;
    },
    (error) => told.push(error),
  );
  await rounds.settled();
  const both = [rounds.run(), rounds.run()];
  expect(begun).toHaveLength(1);
  begun[0]?.reject(new Error('no'));
  await Promise.all([...both, rounds.settled()]);
  expect(told).toEqual([new Error('no')]);
  const again = rounds.run();
  expect(begun).toHaveLength(2);
  begun[1]?.resolve();
  await again;
  expect(told).toHaveLength(1);
});

it('follows the round under way by one more for all who ask again', async () => {
  const begun: PromiseWithResolvers<void>[] = [];
  const told: unknown[] = [];
  const rounds = singleFlight(
    () => {
      const round = Promise.withResolvers<void>();
      begun.push(round);
      return round.promise;
    },
    (error) => told.push(error),
  );
  const first = rounds.again();
  const followers = [rounds.again(), rounds.again()];
  let isSettled = false;
  const settled = rounds.settled().then(() => (isSettled = true));
  expect(begun).toHaveLength(1);
  begun[0]?.reject(new Error('no'));
  await first;
  await vi.waitFor(() => expect(begun).toHaveLength(2));
  expect(isSettled).toBe(false);
  begun[1]?.resolve();
  await Promise.all([...followers, settled]);
  expect(begun).toHaveLength(2);
  expect(told).toEqual([new Error('no')]);
});
