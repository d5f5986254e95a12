import { expect, it } from 'vitest';

import { createKeyedMutex } from './keyed-mutex.ts';

it('runs work on one key in order, goes on after a failure, and is idle afterwards', async () => {
  const mutex = createKeyedMutex();
  const done: string[] = [];
  const slow = (name: string, ms: number) => () =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        done.push(name);
        resolve();
      }, ms);
    });
  const failing = mutex.run('a', () => Promise.reject(new Error('no')));
  const all = [
    mutex.run('a', slow('first', 20)),
    mutex.run('a', slow('second', 0)),
    mutex.run('b', slow('other', 0)),
  ];
  expect(mutex.busy('a')).toBe(true);
  await expect(failing).rejects.toThrow('no');
  await Promise.all(all);
  await mutex.settled();
  expect(done).toEqual(['other', 'first', 'second']);
  expect([mutex.busy('a'), mutex.busy('b')]).toEqual([false, false]);
});
