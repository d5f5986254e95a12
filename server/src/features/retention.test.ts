import { manualClock } from '@cyclorama/simulator';
import { beforeEach, describe, expect, it } from 'vitest';

import { createRetention } from './retention.ts';

const HOUR = 3_600_000;

describe('retention', () => {
  let swept: string[] = [];
  let shrunk = 0;
  let warned: unknown[] = [];
  const clock = manualClock();
  const make = (isFailing = false) =>
    createRetention({
      sweeps: () => [
        {
          what: 'one',
          run: () => {
            swept.push('one');
            return isFailing ? Promise.reject(new Error('locked')) : Promise.resolve();
          },
        },
        { what: 'two', run: (now) => Promise.resolve(void swept.push(`two at ${now === clock.now()}`)) },
      ],
      shrink: () => Promise.resolve(void (shrunk += 1)),
      clock,
      logger: { warn: (...args: unknown[]) => void warned.push(args) },
    });

  beforeEach(() => {
    swept = [];
    shrunk = 0;
    warned = [];
  });

  it('runs every sweep, then gives free room back, also where one of them fails', async () => {
    const retention = make(true);
    await retention.round();
    expect(swept).toEqual(['one', 'two at true']);
    expect(shrunk).toBe(1);
    expect(warned).toEqual([[{ err: new Error('locked'), what: 'one' }, expect.any(String)]]);
  });

  it('removes nothing for an hour after the clock was set', async () => {
    const retention = make();
    await retention.round();
    swept = [];
    clock.advance(500 * 24 * HOUR);
    await retention.round();
    for (let quarters = 0; quarters < 3; quarters += 1) {
      clock.advance(HOUR / 4);
      await retention.round();
    }
    expect(swept).toEqual([]);
    clock.advance(HOUR / 4);
    await retention.round();
    expect(swept).toEqual(['one', 'two at true']);
  });

  it('begins nothing after it was stopped', async () => {
    const retention = make();
    await retention.stop();
    await retention.round();
    expect([swept, shrunk]).toEqual([[], 0]);
  });
});
