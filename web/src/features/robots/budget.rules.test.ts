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
    standsStill: expect.stringMatching(/No calls to rerobots are left.*can still terminate/),
  });
});

it('says what stands still before all is used up', () => {
  const at = (keptFor: 'bookings' | 'acts') =>
    budgetOf({ budget: { limit: 3600, remaining: 40, resetsAt, keptFor } }, now)?.standsStill;
  expect(at('bookings')).toMatch(/The robot list is not updated; bookings are/);
  expect(at('acts')).toMatch(/Nothing is updated.*still book and terminate/);
});

it('forgets an old figure once the hour is renewed, and says nothing where nothing was told', () => {
  expect(budgetOf(budget(-1), now + 120_000)).toMatchObject({ standsStill: null });
  expect(budgetOf({ budget: null }, now)).toBeNull();
  expect(budgetOf(undefined, now)).toBeNull();
});
