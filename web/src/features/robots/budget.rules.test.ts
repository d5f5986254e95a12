import { expect, it } from 'vitest';

import { budgetOf } from './budget.rules.ts';

const resetsAt = '2026-01-01T12:00:00Z';
const now = Date.parse(resetsAt) - 60_000;
const budget = (remaining: number) => ({ budget: { limit: 3600, remaining, resetsAt } });

it('says what is left, and that less than nothing is nothing', () => {
  expect(budgetOf(budget(2900), now)).toEqual({
    words: '2,900 of 3,600 calls left this hour',
    standsStill: null,
    resetsAt,
  });
  expect(budgetOf(budget(-1), now)).toMatchObject({
    words: '0 of 3,600 calls left this hour',
    standsStill: expect.stringMatching(/No calls to rerobots are left.*A termination waits/),
  });
});

it('says what stands still before all is used up', () => {
  const at = (keptFor: 'bookings' | 'acts' | 'terminations', remaining: number) =>
    budgetOf({ budget: { limit: 3600, remaining, resetsAt, keptFor } }, now)?.standsStill;
  expect(at('bookings', 300)).toMatch(
    /The last 300 calls .* for bookings and terminating. The robot list is not/,
  );
  expect(at('acts', 50)).toMatch(/The last 50 calls .* for booking and terminating. Nothing is updated/);
  expect(at('terminations', 29)).toMatch(
    /The last 29 calls .* for terminating. Nothing is updated or booked/,
  );
  expect(at('terminations', 1)).toMatch(/The last call .* is kept for terminating/);
});

it('forgets an old figure once the hour is renewed, and says nothing where nothing was told', () => {
  expect(budgetOf(budget(-1), now + 120_000)).toMatchObject({ standsStill: null });
  expect(budgetOf({ budget: null }, now)).toBeNull();
  expect(budgetOf(undefined, now)).toBeNull();
});
