import type { AccessToken } from '@cyclorama/shared/access-tokens.ts';

export const accessToken = (over: Partial<AccessToken> = {}): AccessToken => ({
  id: 't1',
  name: 'nightly',
  role: 'operator',
  createdAt: '2026-03-01T00:00:00Z',
  expiresAt: '2999-01-01T00:00:00Z',
  lastUsedAt: null,
  ...over,
});
