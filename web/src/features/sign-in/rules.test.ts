// @vitest-environment jsdom
import { expect, it } from 'vitest';

import { httpsAddress } from './rules.ts';

const http = { protocol: 'http:', pathname: '/ops/robots', search: '?q=a', isSecureContext: false };

it.each([
  ['the same place, where it was opened over http', 'https://h/ops', http, 'https://h/ops/robots?q=a'],
  ['nothing over https', 'https://h/ops', { ...http, protocol: 'https:', isSecureContext: true }, null],
  ['nothing on this very machine', 'https://h/ops', { ...http, isSecureContext: true }, null],
  ['nothing where http is configured', 'http://h/ops', http, null],
  ['nothing where no address is configured', null, http, null],
])('sends to %s', (_what, publicUrl, place, address) => {
  expect(httpsAddress(publicUrl, '/ops', place)).toBe(address);
});
