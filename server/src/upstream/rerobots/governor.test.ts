import { beforeEach, describe, expect, it } from 'vitest';

import { createUpstreamHealth } from '../health.ts';
import type { UpstreamHealth } from '../health.ts';
import { createGovernor } from './governor.ts';
import type { Governor, Priority } from './governor.ts';

let now: number;
let health: UpstreamHealth;
let governor: Governor;
const clock = { now: () => now };
const told = (remaining: number, resetInMs = 3_600_000) =>
  governor.observe({
    'x-ratelimit-limit': '3600',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String((now + resetInMs) / 1_000),
  });
const admitted = (priority: Priority): boolean => {
  try {
    governor.admit(priority);
    return true;
  } catch {
    return false;
  }
};

beforeEach(() => {
  now = Date.UTC(2026, 10, 21);
  health = createUpstreamHealth({ name: 'rerobots', label: 'rerobots', configured: true, clock });
  health.succeeded();
  governor = createGovernor({ clock, health });
});

describe('the budget of calls', () => {
  it('spreads background reads over the window: less than one a second of a fresh hour', () => {
    told(3_600);
    let sent = 0;
    for (let second = 0; second < 600; second += 1) {
      now += 1_000;
      while (admitted('background')) sent += 1;
    }
    expect(sent).toBeGreaterThan(480);
    expect(sent).toBeLessThan(600);
  });

  it('reads in the background until the reset, however much bookings are followed meanwhile', () => {
    told(3_600);
    let inLastMinute = 0;
    for (let second = 0; second < 3_590; second += 1) {
      now += 1_000;
      if (second % 2 === 0) governor.admit('follow');
      while (governor.hasRoom() && admitted('background')) if (second >= 3_530) inLastMinute += 1;
    }
    expect(inLastMinute).toBeGreaterThanOrEqual(3);
    expect(health.freshness().state).toBe('live');
  });

  it('spreads no further than an hour where its clock and rerobots’ differ, and counts each window anew', () => {
    const inAMinute = (): number => {
      let sent = 0;
      for (let second = 0; second < 60; second += 1) {
        now += 1_000;
        while (admitted('background')) sent += 1;
      }
      return sent;
    };
    told(3_600, 3 * 3_600_000);
    inAMinute();
    expect(inAMinute()).toBeGreaterThan(45);
    for (let call = 0; call < 120; call += 1) governor.admit('follow');
    expect(inAMinute()).toBeLessThan(25);
    told(3_600, 4 * 3_600_000);
    expect(inAMinute()).toBeGreaterThan(45);
  });

  it('keeps a reserve from the collector, a smaller one from people, and none from what ends a robot', () => {
    const keptFor = () => health.status().budget?.keptFor;
    told(361);
    expect(keptFor()).toBe('everything');
    told(360);
    expect(keptFor()).toBe('bookings');
    expect(governor.hasRoom()).toBe(false);
    expect([admitted('background'), admitted('follow'), admitted('act')]).toEqual([false, true, true]);
    told(50);
    expect(keptFor()).toBe('acts');
    expect([admitted('follow'), admitted('act'), admitted('terminate')]).toEqual([false, true, true]);
    told(36);
    expect(keptFor()).toBe('terminations');
    expect([admitted('act'), admitted('terminate')]).toEqual([false, true]);
  });

  it('says that it is used up and until when, and goes on after the reset', () => {
    told(-1, 90_000);
    expect(() => governor.admit('follow')).toThrow(expect.objectContaining({ fault: 'rate-limited' }));
    expect(health.freshness()).toMatchObject({ state: 'stale', reason: expect.stringContaining('used up') });
    expect(() => governor.admit('act')).toThrow(/are used up; reading and booking go on at 00:01 UTC/);
    expect(health.status().budget?.remaining).toBe(0);
    now += 90_000;
    expect(admitted('follow')).toBe(true);
  });

  it('says with calls left what the last of them are kept for, and that the list is not read', () => {
    told(360, 90_000);
    expect([governor.hasRoom(), health.freshness()]).toEqual([
      false,
      expect.objectContaining({
        state: 'stale',
        reason:
          'The last 360 calls to rerobots of this hour are kept for bookings and terminating; ' +
          'the robot list is read again at 00:01 UTC.',
      }),
    ]);
    told(29, 90_000);
    expect([governor.hasRoom(), health.freshness().reason]).toEqual([
      false,
      expect.stringMatching(/^The last 36 calls .* kept for terminating; other calls go on at 00:01 UTC/),
    ]);
    expect(() => governor.admit('follow')).toThrow(
      /last 72 calls .* kept for booking and terminating; reading/,
    );
    expect(() => governor.admit('act')).toThrow(/last 36 calls .* kept for terminating; other calls go on/);
    now += 90_000;
    health.succeeded();
    expect([governor.hasRoom(), health.freshness().state]).toEqual([true, 'live']);
  });

  it('forgets the budget with the token, and takes no smaller allowance for the account’s', () => {
    told(0);
    governor.observe({
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '59',
      'x-ratelimit-reset': '9999999999',
    });
    expect([admitted('act'), health.status().budget?.limit]).toEqual([false, 3_600]);
    governor.reset();
    expect([admitted('act'), health.status().budget]).toEqual([true, null]);
  });

  it('counts calls that are under way as spent', () => {
    told(361);
    expect([admitted('background'), admitted('background')]).toEqual([true, false]);
  });
});
