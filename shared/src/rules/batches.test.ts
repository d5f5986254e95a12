import { expect, it } from 'vitest';

import { batchStateRefusal, batchStopRefusal, openBatchStates } from './batches.ts';

it('lets the owner and admins stop what still runs', () => {
  const batch = { state: 'running', owner: 'ada' } as const;
  expect(batchStopRefusal(batch, { name: 'ada', role: 'operator' })).toBeNull();
  expect(batchStopRefusal(batch, { name: 'root', role: 'admin' })).toBeNull();
  expect(batchStopRefusal(batch, { name: 'bob', role: 'operator' })).toMatch(/Only ada/);
  expect(batchStopRefusal(batch, { name: 'ada', role: 'viewer' })).toMatch(/^View-only access/);
  expect(batchStopRefusal({ ...batch, state: 'stopping' }, { name: 'ada', role: 'operator' })).toMatch(
    /being/,
  );
  expect(batchStopRefusal({ ...batch, state: 'done' }, { name: 'ada', role: 'operator' })).toMatch(/ended/);
});

it('takes a stop again while it is stopping, which may add the release of its runs', () => {
  expect(batchStateRefusal({ state: 'stopping' })).toBeNull();
  expect(batchStateRefusal({ state: 'stopped' })).toMatch(/ended/);
  expect(openBatchStates).toEqual(['running', 'stopping']);
});
