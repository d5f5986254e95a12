import { expect, it, vi } from 'vitest';

import { fetchedPart, isMissingPart } from './fetched-part.ts';

const missing = new TypeError('Failed to fetch dynamically imported module: /assets/x.js');

function failing(times: number, error: Error) {
  const pauses: number[] = [];
  let tries = 0;
  const load = async () => {
    tries += 1;
    if (tries <= times) throw error;
    return `try ${tries}`;
  };
  return { pauses, result: fetchedPart(load, async (ms) => void pauses.push(ms)) };
}

it('tries again, ever later, while a part can’t be fetched', async () => {
  const { pauses, result } = failing(2, missing);
  expect(await result).toBe('try 3');
  expect(pauses).toEqual([500, 1_500]);
});

it('gives up with the last refusal, and at once where the part itself is at fault', async () => {
  const absent = failing(9, missing);
  await expect(absent.result).rejects.toBe(missing);
  expect(absent.pauses).toHaveLength(5);
  const broken = failing(1, new Error('x is not a function'));
  await expect(broken.result).rejects.toThrow('x is not a function');
  expect(broken.pauses).toEqual([]);
});

it('gives up on a part that does not come at all, so that the page can offer a reload', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const load = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const given = fetchedPart(load).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(isMissingPart(await given)).toBe(true);
  expect(asked).toBe(1);
  vi.useRealTimers();
});
