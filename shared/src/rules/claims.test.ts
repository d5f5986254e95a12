import { describe, expect, it } from 'vitest';

import { claimState } from '../claims.ts';
import type { Claim, ClaimState } from '../claims.ts';
import { claimActionsOf, claimRefusal, claimStateRefusal, isOpenClaim, newClaimRefusal } from './claims.ts';
import type { ClaimAction } from './claims.ts';

const start = Date.parse('2026-03-26T09:15:00.000Z');

type Subject = Pick<Claim, 'state' | 'owner' | 'spawnBy' | 'adopted' | 'failure'>;
function claimIn(state: ClaimState, over: Partial<Subject> = {}): Subject {
  const spawnBy = new Date(start + 10_000).toISOString();
  return { state, owner: 'ada', spawnBy, adopted: false, failure: null, ...over };
}
const pool = { enabled: true, instances: 4 };
const ada = { name: 'ada', role: 'operator' } as const;

describe('claimRefusal', () => {
  it('allows each action in exactly the states the scheduler defines it for', () => {
    const allowed = (action: ClaimAction) =>
      claimState.options.filter((state) => claimRefusal(action, claimIn(state), ada, start) === null);
    expect(allowed('spawn')).toEqual(['claimed']);
    expect(allowed('release')).toEqual(['claimed', 'running']);
    expect(allowed('cancel')).toEqual(['requested']);
    expect(allowed('retry')).toEqual(['refused', 'expired', 'lost', 'ended-by-limit']);
    expect(allowed('reveal')).toEqual(claimState.options);
  });

  it('gives up no wait that has ended without an answer', () => {
    const failure = { code: 'timeout', message: 'The scheduler did not answer in time.' };
    expect(claimStateRefusal('cancel', claimIn('requested', { failure }), start)).toMatch(/ends by itself/);
  });

  it('repeats only what was claimed here and still has its variables', () => {
    expect(claimStateRefusal('retry', claimIn('lost', { adopted: true }), start)).toMatch(/adopted/);
    const deleted = { ...claimIn('lost'), variablesDeleted: true };
    expect(claimStateRefusal('retry', deleted, start)).toMatch(/deleted seven days/);
  });

  it('is offered for what it may be done to, adopted claims without a retry', () => {
    expect(claimActionsOf({ state: 'claimed', adopted: false })).toEqual(['release', 'spawn']);
    expect(claimActionsOf({ state: 'lost', adopted: false })).toEqual(['retry']);
    expect(claimActionsOf({ state: 'lost', adopted: true })).toEqual([]);
  });

  it('refuses a spawn after ten seconds on the server clock, and says where the instance went', () => {
    expect(claimRefusal('spawn', claimIn('claimed'), ada, start + 9_999)).toBeNull();
    expect(claimRefusal('spawn', claimIn('claimed'), ada, start + 10_000)).toMatch(/went back to the pool/);
  });

  it('leaves a claim to its owner and to admins', () => {
    const claim = claimIn('running');
    expect(claimRefusal('release', claim, { name: 'bob', role: 'operator' }, start)).toBe(
      'Only ada or an admin can do this.',
    );
    expect(claimRefusal('release', claim, { name: 'bob', role: 'admin' }, start)).toBeNull();
    expect(claimRefusal('release', claim, { name: 'ada', role: 'viewer' }, start)).toMatch(
      /^View-only access/,
    );
  });
});

describe('newClaimRefusal', () => {
  it('lets an operator wait for an empty pool, but not for one that is not enabled', () => {
    expect(newClaimRefusal(pool, 'operator')).toBeNull();
    expect(newClaimRefusal({ ...pool, enabled: false }, 'admin')).toMatch(/disabled/);
    expect(newClaimRefusal({ ...pool, instances: 0 }, 'admin')).toMatch(/no instances/);
    expect(newClaimRefusal(pool, 'viewer')).toMatch(/^View-only access/);
  });
});

it('calls open what holds an instance or is about to', () => {
  expect(claimState.options.filter((state) => isOpenClaim({ state }))).toEqual([
    'requested',
    'claimed',
    'spawning',
    'running',
    'releasing',
  ]);
});
