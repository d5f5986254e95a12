// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { failureInAddress, providerAddress } from './provider.rules.ts';

it('says in words what the address says, and nothing for words of somebody else', () => {
  expect(failureInAddress('#sign-in-failed=provider-unavailable')?.message).toBe(
    'The sign-in provider does not answer.',
  );
  for (const hash of ['', '#content', '#sign-in-failed=', '#sign-in-failed=Call%20this%20number']) {
    expect(failureInAddress(hash)).toBeNull();
  }
});

it.each([
  ['', '/instances', '?q=a&sort=state', '/api/sign-in/oidc?return=%2Finstances%3Fq%3Da%26sort%3Dstate'],
  ['/ops', '/ops/robots', '', '/ops/api/sign-in/oidc?return=%2Frobots'],
])('leads to the provider and back, below %j: %s%s', (base, pathname, search, address) => {
  expect(providerAddress(base, { pathname, search })).toBe(address);
  expect(providerAddress(base, { pathname, search }, true)).toBe(`${address}&again=1`);
});
