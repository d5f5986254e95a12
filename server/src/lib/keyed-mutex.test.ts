import { expect, it } from 'vitest';

import { createExclusive } from './keyed-mutex.ts';

it('runs work on one key in order, goes on after a failure, and is idle afterwards', async () => {
  const exclusive = createExclusive();
  const done: string[] = [];
  const slow = (name: string, ms: number) => () =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        done.push(name);
        resolve();
      }, ms);
    });
  const failing = exclusive.run('a', () => Promise.reject(new Error('no')));
  const all = [
    exclusive.run('a', slow('first', 20)),
    exclusive.run('a', slow('second', 0)),
    exclusive.run('b', slow('other', 0)),
  ];
  expect(exclusive.busy('a')).toBe(true);
  await expect(failing).rejects.toThrow('no');
  await Promise.all(all);
  await exclusive.settled();
  expect(done).toEqual(['other', 'first', 'second']);
  expect([exclusive.busy('a'), exclusive.busy('b')]).toEqual([false, false]);
});
