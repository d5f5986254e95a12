import { describe, expect, it } from 'vitest';

import { UpstreamError } from '../../errors.ts';
import { accessError, holdsRule, ownIpv4, ruleSource } from './access.rules.ts';

describe('the source of a rule', () => {
  it('is what was given, else the person’s own IPv4 address', () => {
    expect(ruleSource('203.0.113.0/24', '2001:db8::7')).toBe('203.0.113.0/24');
    expect(ruleSource(undefined, '198.51.100.7')).toBe('198.51.100.7');
    expect([ownIpv4('2001:db8::7'), ownIpv4('198.51.100.7, 10.0.0.1'), ownIpv4(null)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each([
    ['2001:db8::7', 'IPv6'],
    [null, 'can’t tell'],
  ])('can not be %s', (address, words) => {
    expect(() => ruleSource(undefined, address)).toThrow(
      expect.objectContaining({ field: 'body.source', message: expect.stringContaining(words) }),
    );
  });
});

it('finds a rule in the list read back, also as a subnet of one address', () => {
  const rule = { source: '198.51.100.7', action: 'ACCEPT' };
  expect(holdsRule([{ source: '198.51.100.7/32', action: 'ACCEPT' }], rule)).toBe(true);
  expect(holdsRule([{ source: '198.51.100.7', action: 'DROP' }], rule)).toBe(false);
  expect(holdsRule(null, rule)).toBe(false);
});

it.each([
  ['busy', 'Nothing was made'],
  ['over', 'not there any more'],
  ['not-found', 'not there any more'],
])('a refusal (%s) is told in the booking’s own words', (upstreamCode, words) => {
  const refusal = new UpstreamError('rerobots', 'refused', 'rerobots refused.', { upstreamCode });
  expect(accessError(refusal)).toMatchObject({
    code: 'not-allowed-now',
    message: expect.stringContaining(words),
  });
});
