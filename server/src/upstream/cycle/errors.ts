import type { UpstreamName } from '@cyclorama/shared/common.ts';

import { UpstreamError } from '../../lib/errors.ts';
import type { Answer } from '../http-call.ts';
import { defaultAnswerError } from '../http-faults.ts';
import { errorEnvelope } from './wire.ts';

/**
 * The error envelope `{error: {code, title, detail}, data: null}` all Cycle APIs share (Cycle internal API docs). Older
 * platforms spell codes with underscores; they are normalised to hyphens. Null where the body is not such an envelope.
 */
export function classifyCycleAnswer(
  upstream: UpstreamName,
  label: string,
  answer: Answer,
): UpstreamError | null {
  const parsed = errorEnvelope.safeParse(answer.json);
  if (!parsed.success) return null;
  const { code, title, detail } = parsed.data.error;
  const upstreamCode = code?.replaceAll('_', '-') ?? undefined;
  const upstreamMessage = detail ?? title ?? undefined;
  const plain = defaultAnswerError(upstream, label, answer);
  const fault = upstreamCode?.startsWith('401.')
    ? 'unauthorized'
    : upstreamCode?.startsWith('429.')
      ? 'rate-limited'
      : plain.fault;
  const message =
    fault === 'refused' && upstreamMessage !== undefined
      ? `${label} refused the request: ${upstreamMessage.replace(/\.$/u, '')}.`
      : plain.message;
  return new UpstreamError(upstream, fault, message, {
    ...plain.detail,
    status: answer.status,
    ...(upstreamCode === undefined ? {} : { upstreamCode }),
    ...(upstreamMessage === undefined ? {} : { upstreamMessage }),
  });
}
