import { expect, it } from 'vitest';

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
