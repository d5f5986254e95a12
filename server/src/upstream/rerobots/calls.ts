import type { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import { UpstreamError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import type { Answer } from '../http-call.ts';
import { createRequester } from '../http.ts';
import { refusedAs, rerobotsRefusal, TOKEN_REFUSED } from './errors.ts';
import type { Governor, Priority } from './governor.ts';

/** While the token is refused, one read per interval tests whether it works again. */
const PROBE_EVERY_MS = 15_000;

export type ReadHow = {
  query?: Record<string, string>;
  okStatuses?: number[];
  /** Never shared with a read that began earlier, so that it shows what was just written. */
  fresh?: boolean;
};

export type WriteHow = { json?: unknown; timeoutMs?: number };

/** Every call to rerobots goes through here: current token, governor, and what a refusal means. */
export type Calls = {
  /** A public route: rerobots silently treats a refused token as none there. */
  read(path: string, priority: Priority, how?: ReadHow): Promise<Answer>;
  /** A route that requires the token. */
  readOwn(path: string, priority: Priority, how?: ReadHow): Promise<Answer>;
  write(method: 'POST' | 'DELETE', path: string, priority: Priority, how?: WriteHow): Promise<Answer>;
  tokenWorks(): boolean | null;
  /** Resets what was known of the previous token; `works` where the new one was checked. */
  tokenChanged(works: boolean | null): void;
  close(): Promise<void>;
};

type Options = {
  url: string;
  /** Null: no token. Called for each request, never logged. */
  token: () => string | null;
  health: UpstreamHealth;
  logger: Logger;
  clock: Clock;
  governor: Governor;
};

export function createCalls({ url, token, health, logger, clock, governor }: Options): Calls {
  let works: boolean | null = null;
  let probedAt = Number.NEGATIVE_INFINITY;
  const requester = createRequester({
    // Public routes treat a refused token as none: their success must not hide the refusal.
    health: {
      ...health,
      succeeded: () => void (works === false || health.succeeded()),
      failed: (reason, refused) =>
        works === false ? health.failed(TOKEN_REFUSED, 'refused') : health.failed(reason, refused),
    },
    label: 'rerobots',
    origin: new URL(url).origin,
    headers: () => requestHeaders(token() ?? ''),
    logger,
    retries: 1,
    onAnswer: (answer) => {
      if (rerobotsRefusal(answer, clock.now())?.fault === 'unauthorized') {
        works = false;
        probedAt = clock.now();
        // A late answer reports the budget of a token that is gone.
      } else if (works !== false && token() !== null) governor.observe(answer.headers);
    },
    classify: (answer) => rerobotsRefusal(answer, clock.now()),
  });
  const prefix = new URL(url).pathname.replace(/\/$/, '');

  /** @throws UpstreamError before anything is sent where the call has to wait. */
  const admit = (priority: Priority, own: boolean): void => {
    if (token() === null) throw unconfigured(health);
    const waits = works === false && (priority === 'background' || priority === 'follow');
    if (waits) {
      if (!own || clock.now() - probedAt < PROBE_EVERY_MS) throw tokenRefused();
      probedAt = clock.now();
    }
    governor.admit(priority);
  };
  /** A success on a route that requires the token proves the token. */
  const proven = (answer: Answer): Answer => {
    if (works === false) health.succeeded();
    works = true;
    return answer;
  };
  const read = (path: string, { query = {}, okStatuses = [], fresh = false }: ReadHow): Promise<Answer> =>
    requester.read(prefix + path, { query, okStatuses, ...(fresh ? { key: null } : {}) });

  return {
    async read(path, priority, how = {}) {
      admit(priority, false);
      return read(path, how);
    },
    async readOwn(path, priority, how = {}) {
      admit(priority, true);
      return proven(await read(path, how));
    },
    async write(method, path, priority, how = {}) {
      admit(priority, true);
      return proven(await requester.write(method, prefix + path, how));
    },
    tokenWorks: () => works,
    tokenChanged(known) {
      works = known;
      governor.reset();
    },
    close: () => requester.close(),
  };
}

export function requestHeaders(token: string): Record<string, string> {
  return { accept: 'application/vnd.rerobots.v1+json', authorization: `Bearer ${token}` };
}

export async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (refusedAs(error, 'not-found')) return null;
    throw error;
  }
}

export function parsed<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const result = schema.safeParse(answer.json);
  if (result.success) return result.data;
  throw new UpstreamError('rerobots', 'invalid', 'rerobots sent an answer of another shape.', {
    status: answer.status,
  });
}

/** The health knows whether there never was a token or it was revoked. */
export function unconfigured(health: Pick<UpstreamHealth, 'freshness'>): UpstreamError {
  const why = health.freshness().reason ?? 'rerobots is not configured.';
  return new UpstreamError('rerobots', 'unconfigured', why);
}

function tokenRefused(): UpstreamError {
  return new UpstreamError('rerobots', 'unauthorized', TOKEN_REFUSED, { neverSent: true });
}
