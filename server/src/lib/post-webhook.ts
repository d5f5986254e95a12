const PATIENCE_MS = 10_000;

/** `status` null: there was no answer. `fault` null: it was taken. */
export type PostOutcome = { status: number | null; fault: string | null };

type Options = { headers?: Record<string, string>; signal: AbortSignal };

/**
 * Posts JSON to an address somebody else keeps: ten seconds at most, redirects not followed, the answer's body not read.
 * The address may hold a secret, so neither it nor what the answer says is in the outcome. Never rejects.
 */
export async function postWebhook(
  url: string,
  body: string,
  { headers, signal }: Options,
): Promise<PostOutcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Cyclorama', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await answer.body?.cancel();
    return { status: answer.status, fault: faultOf(answer) };
  } catch (error) {
    return { status: null, fault: unanswered(error) };
  }
}

function faultOf({ ok, status }: Response): string | null {
  if (ok) return null;
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed.`;
  return `It answered ${status}.`;
}

function unanswered(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `It did not answer within ${PATIENCE_MS / 1000} seconds.`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z_]+$/.test(code) ? `It could not be reached (${code}).` : 'It could not be reached.';
}
