import { expect, it } from 'vitest';

import { toDomain } from './to-domain.ts';
import { domain } from './wire.ts';

const recordOf = (type: unknown) =>
  toDomain(domain.parse({ fqdn: 'a.example', record: { id: 'r1', type } }), {}).record;

it.each([
  [{ a: { ip: '203.0.113.20' } }, { type: 'a', value: '203.0.113.20' }],
  [
    { linked: null, mx: { priority: 10, domain: 'mail.example' } },
    { type: 'mx', value: '10 mail.example' },
  ],
  [{ linked: { container_id: 'c1' } }, { type: 'linked', value: null }],
  [{}, null],
  [null, null],
])('a DNS record %j', (type, record) => {
  expect(recordOf(type)).toEqual(record);
});
