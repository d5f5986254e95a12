import { UpstreamError } from '../../lib/errors.ts';
import type { Answer } from '../http-call.ts';
import { errorEnvelope } from './wire.ts';

const label = "Cycle's scheduler";

/**
 * The platform's error envelope, or a body that is empty or not JSON. `504.not-available` (no free instance) and every
 * other coded refusal below 500 mean the scheduler did nothing ("Cycle scheduler API reference"). Null: only the status
 * counts.
 */
export function schedulerRefusal(answer: Answer): UpstreamError | null {
  const { status } = answer;
  const parsed = errorEnvelope.safeParse(answer.json);
  const error = parsed.success ? parsed.data.error : {};
  const upstreamCode = error.code?.replaceAll('_', '-');
  // Only the title, which is fixed text: the detail may repeat the request, and the token is a secret.
  const upstreamMessage = error.title ?? undefined;
  const detail = {
    status,
    ...(upstreamCode ? { upstreamCode } : {}),
    ...(upstreamMessage ? { upstreamMessage } : {}),
  };
  if (upstreamCode === '504.not-available') {
    return new UpstreamError('scheduler', 'refused', `${label} has no free instance in this pool.`, detail);
  }
  if (upstreamCode?.startsWith('429')) return null;
  if (status === 401 || (status === 403 && upstreamCode === undefined)) {
    return new UpstreamError('scheduler', 'unauthorized', `${label} refused our access key.`, detail);
  }
  if (status >= 400 && status < 500 && upstreamCode !== undefined) {
    const said = upstreamMessage ? `: ${upstreamMessage}` : '';
    return new UpstreamError('scheduler', 'refused', `${label} refused the request${said}.`, detail);
  }
  return null;
}
