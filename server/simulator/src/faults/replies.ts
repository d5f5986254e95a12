import type { Reply } from '../http/reply.ts';
import { ApiError, errorEnvelope, json } from '../http/reply.ts';
import type { Fault } from './fault.ts';

export function faultReply(fault: Fault, now: number): Reply | undefined {
  switch (fault.kind) {
    case 'wrong-json':
      return { status: 200, body: fault.body ?? '{"data": [{"id": 12, "state":' };
    case 'empty-403':
      return { status: 403, body: '' };
    case 'throttle':
      return throttled(fault, now);
    case 'revoke-token':
      return revoked(fault);
    case 'status':
      return failed(fault, fault.status ?? 503);
    default:
      return undefined;
  }
}

/** rerobots says 403 with an empty body and nothing remaining; Cycle has a code for it. */
function throttled(fault: Fault, now: number): Reply {
  if (fault.api !== 'rerobots')
    return errorEnvelope(new ApiError(429, '429.rate-limiting', 'too many requests'));
  const reset = String(Math.floor(now / 1000) + 60);
  const headers = { 'x-ratelimit-limit': '3600', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  return { status: 403, body: '', headers };
}

function revoked(fault: Fault): Reply {
  if (fault.api === 'rerobots') return json(400, { error_message: 'wrong authorization token' });
  return errorEnvelope(new ApiError(401, '401.auth-invalid', 'the token was revoked'));
}

const STATUS_CODES: Record<number, string> = {
  500: '500.unknown',
  503: '503.not-ready',
  504: '504.not-available',
};

function failed(fault: Fault, status: number): Reply {
  if (fault.body !== undefined)
    return { status, body: fault.body, headers: { 'content-type': 'application/json' } };
  if (fault.api === 'rerobots')
    return { status, body: `${status} from upstream`, headers: { 'content-type': 'text/plain' } };
  const code = STATUS_CODES[status];
  if (!code) return { status, body: '<html>bad gateway</html>', headers: { 'content-type': 'text/html' } };
  return errorEnvelope(new ApiError(status, code, 'made to fail'));
}
