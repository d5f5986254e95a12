import { expect, it } from 'vitest';

import { claim } from '../../../testing/builders/claims.ts';
import { claimFilterOf, hasFilter, ownersOf, stillMatching } from './rows.ts';

const claims = [claim({ state: 'running' }), claim({ state: 'refused' }), claim({ state: 'claimed' })];
const states = (state: 'open' | 'ended' | 'all') =>
  stillMatching(claims, { state }).map(({ state }) => state);

it('asks for what is open unless told otherwise', () => {
  expect(claimFilterOf({}, 'ada')).toEqual({ state: 'open' });
  expect(claimFilterOf({ state: 'ended', container: 'c', q: ' idle ' }, 'ada')).toEqual({
    state: 'ended',
    containerId: 'c',
    q: 'idle',
  });
});

it('shows a batch whole', () => {
  expect(claimFilterOf({ batch: 'b1' }, 'ada')).toEqual({ state: 'all', batchId: 'b1' });
  expect(claimFilterOf({ batch: 'b1', state: 'open' }, 'ada').state).toBe('open');
});

it('takes “mine” for the person who looks', () => {
  expect(claimFilterOf({ who: 'mine', owner: 'bob' }, 'ada').owner).toBe('ada');
  expect(claimFilterOf({ owner: 'bob' }, 'ada').owner).toBe('bob');
});

it('drops what has left the filter since it was read', () => {
  expect(states('open')).toEqual(['running', 'claimed']);
  expect(states('ended')).toEqual(['refused']);
  expect(states('all')).toHaveLength(3);
});

it('knows a narrowed list from the one on opening the page', () => {
  expect(hasFilter(claimFilterOf({ q: '  ' }, 'ada'))).toBe(false);
  expect(hasFilter(claimFilterOf({ who: 'mine' }, 'ada'))).toBe(true);
  expect(hasFilter(claimFilterOf({ state: 'all' }, 'ada'))).toBe(true);
});

it('names each owner once', () => {
  const claims = [{ owner: 'bob' }, { owner: 'ada' }, { owner: 'bob' }];
  expect(ownersOf(claims, ['ada', undefined, 'eve'])).toEqual(['ada', 'bob', 'eve']);
});
