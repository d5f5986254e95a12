import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';

import { AppError } from '../../lib/errors.ts';
import { createFingerprints } from '../../lib/idempotency.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import type { StoreBench } from '../../testing/engines.fixture.ts';
import { createCounters } from './counters.ts';
import { createSignInLimit } from './limit.ts';
import type { Attempt } from './limit.ts';
import { createTries } from './tries.ts';

const MINUTE = 60_000;
const logger = pino({ level: 'silent' });
let now = 1_000_000;
const clock = { now: () => now };

/** One replica; `checked` counts what was asked of the upstream. */
function replica({ db, engine }: Pick<StoreBench['store'], 'db' | 'engine'>, secrets: Secrets = ['secret']) {
  const tries = createTries({ db, engine, clock, logger });
  const counters = createCounters({ tries, clock });
  const limit = createSignInLimit({ tries, counters, fingerprint: createFingerprints(secrets, 'test') });
  let checked = 0;
  const sign = async (
    attempt: Partial<Attempt>,
    isRight: boolean | Error = false,
    kind: 'usual' | 'emergency' = 'usual',
  ): Promise<'in' | 'wrong' | number> => {
    try {
      const all = { name: 'ada', address: '192.0.2.1', device: null, ...attempt };
      const isIn = await limit.guard(all, kind, () => {
        checked += 1;
        return isRight instanceof Error ? Promise.reject(isRight) : Promise.resolve(isRight);
      });
      if (isIn) await limit.keep(all);
      return isIn ? 'in' : 'wrong';
    } catch (error) {
      if (error instanceof AppError && error.code === 'rate-limited') return error.retryAfterSeconds ?? 0;
      throw error;
    }
  };
  /** Tries until nothing is checked any more, waiting out every pause below a minute. */
  const exhaust = async (attempt: Partial<Attempt>, kind?: 'usual' | 'emergency') => {
    let tried = 0;
    for (;;) {
      const outcome = await sign(attempt, false, kind);
      if (outcome === 'wrong') tried += 1;
      else if (typeof outcome === 'number' && outcome <= 60) now += outcome * 1000;
      else return { tried, wait: outcome };
      if (tried > 200) return { tried, wait: 0 };
    }
  };
  return { sign, exhaust, checked: () => checked };
}

const elsewhere = (index: number): string => `198.51.${100 + (index >> 8)}.${index & 255}`;

describeOnEachEngine('the limit on sign-ins', (bench) => {
  beforeEach(async () => {
    now += 24 * 60 * MINUTE;
    await bench.store.db.deleteFrom('sign_in_tries').execute();
    await bench.store.db.deleteFrom('sign_in_addresses').execute();
  });

  it('takes ten tries for a name from one address, ever more slowly, then none for a quarter of an hour', async () => {
    const { sign, exhaust } = replica(bench.store);
    const before = now;
    expect(await exhaust({})).toEqual({ tried: 10, wait: 900 });
    expect(now - before).toBe((2 + 5 + 15 + 60) * 1000);
    expect(await sign({}, true), 'the right password waits too').toBe(900);
    expect(await sign({ name: 'vera' }, true), 'another name behind the same address').toBe('in');
    expect(await sign({ address: '192.0.2.2' }, true), 'the same name from elsewhere').toBe('in');
    now += 15 * MINUTE;
    expect(await sign({}, true)).toBe('in');
  });

  it('lets a device of theirs in whatever others try at the same address', async () => {
    const { sign, exhaust } = replica(bench.store);
    await exhaust({});
    expect(await sign({ device: 'laptop' }, true)).toBe('in');
    expect(await exhaust({ device: 'stolen' }), 'which is no free pass').toEqual({ tried: 10, wait: 900 });
    expect(await sign({ device: 'laptop' }, true)).toBe('in');
  });

  it('counts anew after a sign-in that worked', async () => {
    const { sign } = replica(bench.store);
    for (let round = 0; round < 5; round += 1) {
      for (let tried = 0; tried < 5; tried += 1) expect(await sign({})).toBe('wrong');
      expect(await sign({}, true)).toBe('in');
    }
  });

  it('slows guesses from everywhere down, but not a known address or device', async () => {
    const { sign } = replica(bench.store);
    expect(await sign({ address: '203.0.113.7' }, true)).toBe('in');
    const outcomes = [];
    for (let index = 0; index < 60; index += 1) outcomes.push(await sign({ address: elsewhere(index) }));
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(30);
    expect(outcomes.at(-1)).toBe(20);
    expect(await sign({ address: '203.0.113.7' }, true)).toBe('in');
    expect(await sign({ address: elsewhere(99), device: 'laptop' }, true)).toBe('in');
    expect(await sign({ address: elsewhere(99), name: 'vera' }, true), 'another name').toBe('in');
    now += 20_000;
    expect(await sign({ address: elsewhere(100) }, true), 'a stranger gets a turn').toBe('in');
  });

  it('slows one address down that tries many names, but none who signed in from there', async () => {
    const { sign } = replica(bench.store);
    const office = '203.0.113.1';
    expect(await sign({ name: 'vera', address: office }, true)).toBe('in');
    const outcomes = [];
    for (let index = 0; index < 150; index += 1) {
      outcomes.push(await sign({ name: `guess-${index}`, address: office }));
    }
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(100);
    expect(await sign({ name: 'ada', address: office }, true)).toBe(10);
    expect(await sign({ name: 'vera', address: office }, true)).toBe('in');
    expect(await sign({ name: 'ada', address: office, device: 'laptop' }, true)).toBe('in');
  });

  it('bounds what the upstream is asked, however many names and addresses are tried', async () => {
    const { sign, checked } = replica(bench.store);
    for (let index = 0; index < 1_300; index += 1) {
      await sign({ name: `guess-${index}`, address: elsewhere(index) });
    }
    expect(checked()).toBe(1_000);
    now += 10_000;
    expect(await sign({ name: 'x', address: '192.0.2.99' })).toBe('wrong');
    expect(await sign({ name: 'y', address: '192.0.2.98' }), 'one a second from there on').toBe(1);
    const rows = await bench.store.db.selectFrom('sign_in_tries').selectAll().execute();
    expect(rows.length).toBeLessThan(3_100);
    expect(JSON.stringify(rows)).not.toMatch(/guess|198\.51/);
  }, 180_000);

  it('counts tries at once, on two replicas, one after the other', async () => {
    const [one, two] = [replica(bench.store), replica(bench.store)];
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : two).sign({})));
    expect(one.checked() + two.checked()).toBe(6);
    expect(await two.sign({}), 'and both know').toBe(2);
  });

  it('goes on counting and knowing addresses when a new secret comes before the old one', async () => {
    const home = { address: '203.0.113.7' };
    const before = replica(bench.store);
    expect(await before.sign(home, true)).toBe('in');
    expect(await before.exhaust({})).toEqual({ tried: 10, wait: 900 });
    const after = replica(bench.store, ['newer', 'secret']);
    expect(await after.sign({}, true), 'which is refused as before').toBe(900);
    for (let index = 0; index < 40; index += 1) await after.sign({ address: elsewhere(index) });
    expect(await after.sign(home, true), 'their own address').toBe('in');
    for (let tried = 0; tried < 5; tried += 1) expect(await after.sign(home)).toBe('wrong');
    expect(await after.sign(home, true), 'what was forgiven stays so').toBe('in');
    const newest = replica(bench.store, ['newer']);
    expect(await newest.sign(home, true), 'kept under the newer secret alone').toBe('in');
  });

  it('counts no failure of the upstream', async () => {
    const { sign } = replica(bench.store);
    for (let tried = 0; tried < 30; tried += 1) {
      await expect(sign({}, new Error('down'))).rejects.toThrow('down');
    }
    expect(await sign({}, true)).toBe('in');
  });

  it('keeps a way in for the break-glass admin', async () => {
    const { sign, exhaust } = replica(bench.store);
    const attacked = await exhaust({}, 'emergency');
    expect(attacked, 'never more than a minute').toEqual({ tried: 201, wait: 0 });
    for (let index = 0; index < 200; index += 1) {
      await sign({ address: elsewhere(index) }, false, 'emergency');
    }
    now += 1_000;
    expect(await sign({ address: elsewhere(300) }, true, 'emergency')).toBe('in');
    expect(await sign({ address: elsewhere(300) }, true, 'emergency'), 'a known address').toBe('in');
  }, 60_000);
});

describe('while the store can’t be used', () => {
  it('goes on counting from what was known', async () => {
    const broken = new AppError('store-unavailable', 'The disk is full.');
    const db = {
      transaction: () => fail(broken),
      selectFrom: () => fail(broken),
      insertInto: () => fail(broken),
    };
    const { exhaust, sign } = replica({ db: db as never, engine: 'sqlite' });
    expect(await exhaust({})).toEqual({ tried: 10, wait: 900 });
    expect(await sign({ address: '192.0.2.2' }, true)).toBe('in');
    for (let index = 0; index < 40; index += 1) await sign({ address: elsewhere(index) });
    expect(await sign({ address: '192.0.2.2' }, true), 'a known address').toBe('in');
    expect(await sign({ address: '192.0.2.3' }, true)).toBeGreaterThan(1);
  });
});

function fail(error: Error): never {
  throw error;
}
