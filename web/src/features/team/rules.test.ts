import { expect, it } from 'vitest';

import { browserName, roleOriginText } from './rules.ts';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1',
    'Chrome on iPhone',
  ],
  ['curl/8.14.1', 'curl/8.14.1'],
  [null, 'Unknown browser'],
])('calls %s %s', (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});

it('says what gives a role, and who where that was a person', () => {
  expect(roleOriginText({ roleFrom: 'admin-users', roleSet: null })).toBe('set by ADMIN_USERS');
  expect(roleOriginText({ roleFrom: 'team', roleSet: { by: 'ada', at: '' } })).toBe('set by ada');
  expect(roleOriginText({ roleFrom: 'default', roleSet: null })).toBe('by default');
});
