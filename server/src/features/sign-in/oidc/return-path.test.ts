import { expect, it } from 'vitest';

import { returnPath } from './return-path.ts';

it.each(['/', '/instances?q=api&sort=state', '/robots/d/a%2Fb'])('leads back to %s', (path) => {
  expect(returnPath(path)).toBe(path);
});

it.each([
  undefined,
  ['/instances'],
  '',
  'instances',
  'https://evil.example/',
  '//evil.example/',
  String.raw`/\evil.example/`,
  '/\t/evil.example/',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  '/api/session',
  '/x/../api/sign-in/oidc',
])('leads from %j to the first page', (given) => {
  expect(returnPath(given)).toBe('/');
});
