import type { Claim, ClaimState } from '@cyclorama/shared/claims.ts';
import { describe, expect, it } from 'vitest';

import { claim, pool } from '../../../testing/builders/claims.ts';
import { claimForecast, heldMs, secondsToRun, secondsToSpawn, waitingText } from './rules.ts';

const start = Date.parse('2026-03-26T09:15:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();

const claimIn = (state: ClaimState, over: Partial<Claim> = {}) => claim({ state, ...over });

describe('time', () => {
  it('counts the seconds to spawn, never below zero, only while claimed', () => {
    expect(secondsToSpawn(claimIn('claimed'), start + 2_001)).toBe(8);
    expect(secondsToSpawn(claimIn('claimed'), start + 60_000)).toBe(0);
    expect(secondsToSpawn(claimIn('running'), start)).toBeNull();
    expect(secondsToSpawn(claimIn('claimed', { spawnBy: 'soon' }), start)).toBeNull();
  });

  it('counts the seconds to the run-time limit only while running', () => {
    expect(secondsToRun(claimIn('running', { runsUntil: at(600_000) }), start)).toBe(600);
    expect(secondsToRun(claimIn('running'), start)).toBeNull();
  });

  it('measures how long an instance was held', () => {
    expect(heldMs(claimIn('requested', { claimedAt: null }), start)).toBeNull();
    expect(heldMs(claimIn('running', { spawnedAt: at(3_000) }), start + 8_000)).toBe(5_000);
    expect(heldMs(claimIn('released', { spawnedAt: at(3_000), endedAt: at(4_500) }), start + 99_000)).toBe(
      1_500,
    );
  });
});

it('says before a claim whether it holds at once or waits, and how long', () => {
  expect(claimForecast(pool())).toMatch(/within 10 s/);
  expect(claimForecast(pool({ idle: 0 }))).toMatch(/up to 30 s/);
  expect(claimForecast(pool({ idle: 0, longestWaitSeconds: null }))).toMatch(/may be refused/);
});

it('says how long a claim waits of what it may, and when that is over', () => {
  expect(waitingText(15, 16)).toBe('waiting for 15 s of at most 16 s');
  expect(waitingText(17, 16)).toBe('waiting for 17 s; its 16 s are over');
  expect(waitingText(17, null)).toBe('waiting for 17 s');
});
