import { expect, it } from 'vitest';

import { fetchedPart } from './fetched-part.ts';

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
  expect(absent.pauses).toHaveLength(4);
  const broken = failing(1, new Error('x is not a function'));
  await expect(broken.result).rejects.toThrow('x is not a function');
  expect(broken.pauses).toEqual([]);
});
