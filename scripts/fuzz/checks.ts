import type { AnswerCheck } from '../../server/src/testing/answer-check.fixture.ts';
import type { Request } from './requests.ts';
import type { Answer, Exchange } from './wire.ts';

/** Node refuses these before the application sees them: no body, the connection ends. */
const REFUSED_BY_THE_PARSER = [400, 408, 413, 417, 431];

/** Null where the exchange is as it must be. */
export function problemOf(
  request: Request,
  exchange: Exchange,
  { check, canaries }: { check: AnswerCheck; canaries: readonly string[] },
): string | null {
  const { answers, ended, ms, surplus } = exchange;
  if (ended === 'hung')
    return `no answer after ${Math.round(ms)} ms (${answers.length} of ${request.message.answers})`;
  if (surplus !== '') return `more than was asked for: ${surplus.slice(0, 100)}`;
  // A connection that the other side half closes may just end.
  if (answers.length === 0 && !request.message.halfClose) return 'the connection ended without an answer';
  for (const answer of answers) {
    const problem = answerProblem(request, answer, check) ?? canaryIn(answer.body, canaries);
    if (problem !== null) return problem;
  }
  return null;
}

export function canaryIn(text: string, canaries: readonly string[]): string | null {
  const found = canaries.find((each) => text.includes(each));
  return found === undefined ? null : `a secret: ${found.slice(0, 12)}…`;
}

function answerProblem(
  { method, target }: Request,
  { status, headers, body }: Answer,
  check: AnswerCheck,
): string | null {
  if (status === 500) return `answered 500: ${body.slice(0, 200)}`;
  const path = pathOf(target);
  // Their addresses are secrets: neither log nor request id, and nothing that tells one from another.
  if (path.startsWith('/api/hooks/')) return body === '' ? null : `answered ${status} with a body`;
  if (headers['x-request-id'] === undefined) {
    const known = REFUSED_BY_THE_PARSER.includes(status) && body === '';
    return known ? null : `answered ${status} without a request id: ${body.slice(0, 100)}`;
  }
  if (!/^\/api(\/|$)/.test(path) && path !== '/healthz' && path !== '/readyz') return null;
  // Express tells which methods there are, to anyone.
  if (method === 'OPTIONS' && status === 200) return null;
  // The same without a body, which has nothing to check.
  if (method === 'HEAD') return null;
  return check({ method, path, status, headers, body });
}

/** Express takes either case, and a full address for its path. */
function pathOf(target: string): string {
  const [path = ''] = target
    .replace(/^http:\/\/[^/]+/, '')
    .replace(/#.*$/, '')
    .split('?', 1);
  return path.replace(/^\/API\//, '/api/');
}
