import { expect, it } from 'vitest';

import { ciOutcome } from './ci.rules.ts';

it('calls a build only what rerobots gave the id of a build', () => {
  expect(ciOutcome({ projectId: 'p', jobId: '7' })).toBe('Build started.');
  expect(ciOutcome({ projectId: null, jobId: '7' })).toBe('Build started.');
  expect(ciOutcome({ projectId: 'p', jobId: null })).toBe('Project created. No build was started.');
  expect(ciOutcome({ projectId: null, jobId: null })).toBe('Request accepted.');
});
