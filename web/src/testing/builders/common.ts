import type { Freshness, Role, UpstreamStatus } from '@cyclorama/shared/common.ts';
import type { ErrorBody, ErrorCode } from '@cyclorama/shared/errors.ts';
import type { About, Session } from '@cyclorama/shared/session.ts';

export const live: Freshness = { state: 'live', asOf: null, failingSince: null, reason: null };
export const stale: Freshness = {
  state: 'stale',
  asOf: '2026-03-26T09:15:00Z',
  failingSince: '2026-03-26T09:15:10Z',
  reason: 'It does not answer.',
};

export const upstream = (over: Partial<UpstreamStatus> = {}): UpstreamStatus => ({
  ...live,
  name: 'scheduler',
  label: 'The function scheduler',
  budget: null,
  ...over,
});

export const session = (role: Role = 'operator'): Session => ({
  user: { name: 'ada', role },
  way: 'vpn',
  csrfToken: 't',
  confirmBy: null,
  passkeyNeeded: false,
  expiresAt: '2026-01-01T00:00:00Z',
});

export const refusal = (
  code: ErrorCode,
  message: string,
  over: Partial<ErrorBody['error']> = {},
): ErrorBody => ({ error: { code, message, requestId: 'req-1', ...over } });

export const about = (over: Partial<About> = {}): About => ({
  name: 'Cyclorama',
  version: '1',
  notice: null,
  publicUrl: null,
  signIn: { password: true, oidc: null, passkey: false },
  store: null,
  ...over,
});
