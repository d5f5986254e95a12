import { claimState } from '@cyclorama/shared/claims.ts';
import { describe, expect, it } from 'vitest';

import type { ClaimRow } from '../../../store/claims.ts';
import { claimRow } from '../../../testing/builders/claims.ts';
import { advance } from './advance.ts';
import type { Observation } from './advance.ts';
import { claimMoves, heldAtMostUntil, spawnByOf } from './rules.ts';

const row = (over: Partial<ClaimRow>): ClaimRow =>
  claimRow({ instance_id: 'i', state: 'spawning', claimed_at: 0, ...over });
const observed = (
  active: Observation['active'],
  instanceState: string | null = null,
  readAt = 1e9,
): Observation => ({
  active,
  instanceState,
  readAt,
});
const listed = (startedAt: number | null) => ({ kind: 'listed', startedAt }) as const;
const absent = { kind: 'absent' } as const;
const silent = { kind: 'silent' } as const;
const outcome = (claim: ClaimRow, view: Observation, now: number): string => {
  const decision = advance(claim, view, now);
  return decision.kind === 'move' ? decision.to : decision.kind;
};

describe('a spawn that was not answered', () => {
  const spawning = row({});
  it.each([
    ['ours inside the window, whatever its start', listed(null), 9_999, 'running'],
    ['ours when it started by the end of the window', listed(9_000), 60_000, 'running'],
    ['not to be told when it started long after', listed(40_000), 60_000, 'lost'],
    ['not to be told when no start is known', listed(null), 60_000, 'lost'],
    ['waited for while the window is open', absent, 9_999, 'wait'],
    ['waited for a moment longer', absent, 11_999, 'wait'],
    ['expired when it is not there after the window', absent, 12_000, 'expired'],
    ['waited for while the shard is silent', silent, 60_000, 'wait'],
  ] as const)('is %s', (_, active, now, expected) => {
    expect(outcome(spawning, observed(active), now)).toBe(expected);
  });

  it('is lost if a run could have started and ended unobserved', () => {
    expect(outcome(row({ runs_until: 12_000 }), observed(absent), 13_000)).toBe('lost');
  });

  it('is read from the internal API inside the window if the shard is silent', () => {
    expect(outcome(spawning, observed(silent, 'starting'), 9_000)).toBe('running');
  });
});

describe('a running claim', () => {
  const running = row({ state: 'running', spawned_at: 1_000, runs_until: 100_000 });
  it.each([
    ['goes on while it is listed', listed(1_500), 50_000, 'wait'],
    ['is over when the same instance runs for someone else', listed(110_000), 120_000, 'ended-by-limit'],
    ['ended by its limit when it is gone about then', absent, 98_500, 'ended-by-limit'],
    ['is lost when it is gone long before', absent, 50_000, 'lost'],
  ] as const)('%s', (_, active, now, expected) => {
    expect(outcome(running, observed(active), now)).toBe(expected);
  });

  it('is not judged by a view from before it ran, nor soon after by the internal API alone', () => {
    expect(outcome(running, observed(absent, null, 1_000), 50_000)).toBe('wait');
    expect(outcome(running, observed(silent, 'stopped'), 20_000)).toBe('wait');
    expect(outcome(running, observed(silent, 'stopped'), 50_000)).toBe('lost');
    expect(outcome(running, observed(silent, 'running'), 50_000)).toBe('wait');
  });
});

describe('a release that was not answered', () => {
  it.each([
    ['retried while it is listed', { spawned_at: 1_000 }, listed(1_000), 5_000, 'release'],
    ['done when it is gone', { spawned_at: 1_000 }, absent, 5_000, 'released'],
    ['retried for an unspawned claim in its window', {}, absent, 5_000, 'release'],
    ['over when the window is', {}, absent, 12_000, 'expired'],
  ] as const)('is %s', (_, over, active, now, expected) => {
    expect(outcome(row({ state: 'releasing', ...over }), observed(active), now)).toBe(expected);
  });
});

describe('the window', () => {
  it('counts from sending, or from the grant if the claim waited in the queue', () => {
    expect(spawnByOf(1_000, 1_200)).toBe(11_000);
    expect(spawnByOf(1_000, 9_000)).toBe(17_000);
    expect(heldAtMostUntil(1_000, 8)).toBe(19_000);
  });
});

it('decides only moves that the ledger allows', () => {
  const bad: string[] = [];
  for (const state of claimState.options) {
    for (const active of [listed(5_000), listed(90_000), absent, silent]) {
      for (const now of [0, 9_000, 10_000, 13_000, 60_000, 200_000]) {
        for (const spawned_at of [null, 1_000]) {
          const claim = row({ state, spawned_at, runs_until: 50_000 });
          const decision = advance(claim, observed(active, 'stopped'), now);
          const allowed = decision.kind !== 'move' || claimMoves[state].includes(decision.to);
          if (!allowed) bad.push(`${state} at ${now}: ${JSON.stringify(decision)}`);
        }
      }
    }
  }
  expect(bad).toEqual([]);
});
