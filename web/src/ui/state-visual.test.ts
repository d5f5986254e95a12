import { expect, it } from 'vitest';

import { visualOf } from './state-visual.ts';

it.each([
  ['running', undefined, { shape: 'filled', tone: 'success', word: 'Running' }],
  ['function', undefined, { shape: 'filled', tone: 'success', word: 'Enabled' }],
  ['starting', undefined, { shape: 'half', tone: 'warning', word: 'Starting' }],
  ['stopped', 'unhealthy', { shape: 'ring', tone: 'muted', word: 'Stopped' }],
  ['failed', undefined, { shape: 'square', tone: 'danger', word: 'Failed' }],
  ['ended-by-limit', undefined, { shape: 'ring', tone: 'muted', word: 'Ended by limit' }],
  ['unanswered', undefined, { shape: 'dashed', tone: 'warning', word: 'Unanswered' }],
  ['some-new-state', undefined, { shape: 'dashed', tone: 'muted', word: 'Some new state' }],
  ['', undefined, { shape: 'dashed', tone: 'muted', word: 'Unknown' }],
] as const)('shows %s', (state, health, visual) => expect(visualOf(state, health)).toEqual(visual));

it('takes an unhealthy running one for broken, and one not yet checked for neither', () => {
  expect(visualOf('running', 'unhealthy')).toEqual({ shape: 'square', tone: 'danger', word: 'Unhealthy' });
  expect(visualOf('running', 'unknown')).toEqual({
    shape: 'filled',
    tone: 'neutral',
    word: 'Running, health unknown',
  });
  expect(visualOf('running', 'none').word).toBe('Running');
});
