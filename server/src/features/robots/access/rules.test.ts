import { describe, expect, it } from 'vitest';

import { UpstreamError } from '../../../lib/errors.ts';
import { accessError, includesRule, ownIpv4, ruleSource } from './rules.ts';

const out = (clientAddress: string | null) => ({ clientAddress, inner: false });

describe('the source of a rule', () => {
  it('is the given one, else the person’s own IPv4 address', () => {
    expect(ruleSource('203.0.113.0/24', out('2001:db8::7'))).toBe('203.0.113.0/24');
    expect(ruleSource(undefined, out('198.51.100.7'))).toBe('198.51.100.7');
    const none = ['2001:db8::7', '198.51.100.7, 10.0.0.1', '10.1.2.3', '100.64.0.9', '127.0.0.1', null];
    expect(none.map((address) => ownIpv4(out(address)))).toEqual(none.map(() => null));
  });

  it('may be a private address only if rerobots runs on this machine', () => {
    expect(ruleSource(undefined, { clientAddress: '127.0.0.1', inner: true })).toBe('127.0.0.1');
  });

  it.each([
    ['2001:db8::7', 'IPv6'],
    ['192.168.1.20', 'private network'],
    [null, 'can’t tell'],
  ])('can not be %s', (address, words) => {
    expect(() => ruleSource(undefined, out(address))).toThrow(
      expect.objectContaining({ field: 'body.source', message: expect.stringContaining(words) }),
    );
  });
});

it('finds a rule in the list read back, also as a subnet of one address', () => {
  const rule = { source: '198.51.100.7', action: 'ACCEPT' };
  expect(includesRule([{ source: '198.51.100.7/32', action: 'ACCEPT' }], rule)).toBe(true);
  expect(includesRule([{ source: '198.51.100.7', action: 'DROP' }], rule)).toBe(false);
  expect(includesRule(null, rule)).toBe(false);
});

it.each([
  ['busy', 'Nothing was created'],
  ['over', 'no longer has this robot'],
  ['not-found', 'no longer has this robot'],
])('a refusal (%s) is explained in the booking’s words', (upstreamCode, words) => {
  const refusal = new UpstreamError('rerobots', 'refused', 'rerobots refused.', { upstreamCode });
  expect(accessError(refusal)).toMatchObject({
    code: 'not-allowed-now',
    message: expect.stringContaining(words),
  });
});
