import { expect, it } from 'vitest';

import { pool, resize } from '../../../testing/builders/claims.ts';
import { runForecast, runFormErrors, toBatchRequest, toClaimRequest } from './run-form.rules.ts';
import type { RunForm } from './run-form.rules.ts';

const form = (over: Partial<RunForm> = {}): RunForm => ({
  containerId: resize,
  count: '1',
  concurrency: '4',
  releaseAfter: '',
  releaseUnit: 'min',
  rows: [{ name: 'JOB', value: '7' }],
  ...over,
});

it('names the field at fault and what it expects', () => {
  expect(runFormErrors(form())).toEqual({});
  expect(Object.keys(runFormErrors(form({ count: '0' })))).toEqual(['count']);
  expect(Object.keys(runFormErrors(form({ count: '1001' })))).toEqual(['count']);
  expect(Object.keys(runFormErrors(form({ count: '2.5' })))).toEqual(['count']);
  expect(runFormErrors(form({ count: '2', concurrency: '51' })).concurrency).toMatch(/from 1 to 50/);
  expect(runFormErrors(form({ releaseAfter: '-1', releaseUnit: 's' })).releaseAfter).toMatch(/0 seconds/);
  expect(runFormErrors(form({ releaseAfter: '169', releaseUnit: 'h' })).releaseAfter).toMatch(/7 days/);
});

it('does not mind the number at once for a single run', () => {
  expect(runFormErrors(form({ concurrency: 'x' }))).toEqual({});
});

it('sends what the contract asks for', () => {
  expect(toClaimRequest(form({ releaseAfter: '5' }), true)).toEqual({
    containerId: resize,
    spawn: { environmentVariables: { JOB: '7' } },
    releaseAfterSeconds: 300,
  });
  expect(toClaimRequest(form(), false)).toEqual({ containerId: resize });
  expect(toBatchRequest(form({ count: '20', releaseAfter: '90', releaseUnit: 's' }))).toEqual({
    containerId: resize,
    count: 20,
    concurrency: 4,
    environmentVariables: { JOB: '7' },
    releaseAfterSeconds: 90,
  });
});

it('takes 0 for a release as soon as it runs, of one run and of a batch', () => {
  const atOnce = form({ releaseAfter: '0' });
  expect(runFormErrors(atOnce)).toEqual({});
  expect(runFormErrors(form({ releaseAfter: '4', releaseUnit: 's' }))).toEqual({});
  expect(toClaimRequest(atOnce, true).releaseAfterSeconds).toBe(0);
  expect(toBatchRequest({ ...atOnce, count: '3' }).releaseAfterSeconds).toBe(0);
  expect(runForecast(atOnce, pool())).toMatch(/Once spawned it is released as soon as it runs\.$/);
  expect(runForecast({ ...atOnce, count: '3' }, pool())).toMatch(/Each run is released as soon as it runs\./);
});

it('says what will happen before it does', () => {
  expect(runForecast(form(), pool())).toMatch(/10 s.*until it is released, 10 min at most\.$/);
  expect(runForecast(form({ count: '3', releaseAfter: '1' }), pool())).toMatch(
    /^Claims and spawns resize 3 times, at most 3 in parallel\. Each run is released 1 min after its start\./,
  );
  expect(runForecast(form({ releaseAfter: '1', releaseUnit: 'h' }), pool())).toMatch(/10 min at most/);
});
