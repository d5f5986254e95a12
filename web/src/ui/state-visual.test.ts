import { expect, it } from 'vitest';

import { visualOf } from './state-visual.ts';

it.each([
  ['running', undefined, { shape: 'filled', tone: 'success', label: 'Running' }],
  ['function', undefined, { shape: 'filled', tone: 'success', label: 'Enabled' }],
  ['starting', undefined, { shape: 'half', tone: 'warning', label: 'Starting' }],
  ['stopped', 'unhealthy', { shape: 'ring', tone: 'muted', label: 'Stopped' }],
  ['failed', undefined, { shape: 'square', tone: 'danger', label: 'Failed' }],
  ['ended-by-limit', undefined, { shape: 'ring', tone: 'muted', label: 'Ended by limit' }],
  ['unanswered', undefined, { shape: 'dashed', tone: 'warning', label: 'Unanswered' }],
  ['some-new-state', undefined, { shape: 'dashed', tone: 'muted', label: 'Some new state' }],
  ['', undefined, { shape: 'dashed', tone: 'muted', label: 'Unknown' }],
] as const)('shows %s', (state, health, visual) => expect(visualOf(state, health)).toEqual(visual));

it('takes an unhealthy running one for broken, and one not yet checked for neither', () => {
  expect(visualOf('running', 'unhealthy')).toEqual({ shape: 'square', tone: 'danger', label: 'Unhealthy' });
  expect(visualOf('running', 'unknown')).toEqual({
    shape: 'filled',
    tone: 'neutral',
    label: 'Running, health unknown',
  });
  expect(visualOf('running', 'none').label).toBe('Running');
});

// `current` of an IP, an environment, a DNS record, a server and its node, a hub, a membership and an integration.
it.each(
  'assigning assigned releasing available cloning pending live authorizing decommissioned quarantined inactive accepted declined revoked verifying'.split(
    ' ',
  ),
)('knows %s of the internal API', (state) =>
  expect(visualOf(state)).not.toMatchObject({ shape: 'dashed', tone: 'muted' }),
);
