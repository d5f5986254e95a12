import { UpstreamError } from '../../lib/errors.ts';
import type { Answer } from '../http-call.ts';
import { errorAnswer } from './wire.ts';

export const label = "Cycle's public API";

/** Two error shapes exist (see wire.ts); older hubs spell codes with underscores. Null: only the status is known. */
export function platformRefusal(answer: Answer): UpstreamError | null {
  const { status } = answer;
  const result = errorAnswer.safeParse(answer.json);
  if (!result.success || status === 429) return null;
  const { error } = result.data;
  if (status >= 500) return isNotEnabled(error) ? notEnabled(status) : null;
  if (typeof error === 'string') {
    return new UpstreamError('platform', 'unauthorized', `${label} refused the API key (${error}).`, {
      status,
    });
  }
  const upstreamCode = error.code?.replaceAll('_', '-') ?? String(status);
  const detail = { status, upstreamCode, ...(error.title ? { upstreamMessage: error.title } : {}) };
  const capability = error.extra?.capability;
  if (capability != null) {
    return new UpstreamError(
      'platform',
      'refused',
      `The API key of ${label} lacks the capability ${capability}.`,
      { status, upstreamCode, hint: 'In Cycle, give the API key this capability, then try again.' },
    );
  }
  if (status === 401) {
    return new UpstreamError('platform', 'unauthorized', `${label} refused our credentials.`, detail);
  }
  return new UpstreamError('platform', 'refused', `${label} refused the request (${upstreamCode}).`, detail);
}

const NOT_ENABLED = '503.not-enabled';

function isNotEnabled(error: string | { code?: string | null | undefined }): boolean {
  return typeof error === 'object' && error.code?.replaceAll('_', '-') === NOT_ENABLED;
}

/** An answer, not a failure: it stays until somebody changes the environment's settings. */
function notEnabled(status: number): UpstreamError {
  return new UpstreamError(
    'platform',
    'refused',
    `${label} says that this is not enabled (${NOT_ENABLED}).`,
    {
      status,
      upstreamCode: NOT_ENABLED,
      hint: 'Enable it in the environment’s monitoring settings in Cycle, then try again.',
    },
  );
}
