import { expect, it } from 'vitest';

import { relyingPartyOf } from './relying-party.ts';

it.each([
  ['an https address', 'https://ops.example.org/robots', 'evil.example', 'https://ops.example.org'],
  ['an https address with a port', 'https://ops.example.org:8443', undefined, 'https://ops.example.org:8443'],
  ['an http address of this machine', 'http://localhost:8080', undefined, 'http://localhost:8080'],
  ['the name of this machine', null, 'localhost:8080', 'http://localhost:8080'],
  ['a name below it', null, 'team.localhost:8080', 'http://team.localhost:8080'],
])('are for %s', (_what, publicUrl, host, origin) => {
  expect(relyingPartyOf(publicUrl, host)).toEqual({ id: new URL(origin).hostname, origin });
});

it.each([
  ['the public address is http', 'http://ops.example.org', 'localhost', 'PUBLIC_URL is an http address'],
  ['the public address is an IP address', 'https://192.0.2.7', 'localhost', 'PUBLIC_URL is an IP address'],
  ['the public address is an IPv6 address', 'https://[2001:db8::7]', 'localhost', 'PUBLIC_URL is an IP'],
  ['this machine is opened by its address', null, '127.0.0.1:8080', 'open http://localhost:8080 instead'],
  ['this machine is opened by its IPv6 address', null, '[::1]:8080', 'open http://localhost:8080 instead'],
  ['only the request says what the address is', null, 'ops.example.org', 'PUBLIC_URL set to the https'],
  ['the host is no name of this machine', null, 'notlocalhost', 'PUBLIC_URL set to the https'],
  ['the host only begins like one', null, '127.example.org', 'PUBLIC_URL set to the https'],
  ['the host is nothing', null, '', 'PUBLIC_URL set to the https'],
  ['there is no host', null, undefined, 'PUBLIC_URL set to the https'],
])('are refused where %s', (_what, publicUrl, host, why) => {
  expect(relyingPartyOf(publicUrl, host)).toEqual({ refusal: expect.stringContaining(why) });
});
