import type { UpstreamName } from '@cyclorama/shared/common.ts';
import { IDEMPOTENCY_KEY_HEADER } from '@cyclorama/shared/idempotency.ts';
import type { AccessPart } from '@cyclorama/shared/robot-access.ts';
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';

import type { Clock } from '../../lib/clock.ts';
import { AppError, UpstreamError } from '../../lib/errors.ts';
import type { CallOnce, RequestKey } from '../../lib/idempotency.ts';
import type { UpstreamHealth } from '../../upstream/health.ts';
import type { Governor } from '../../upstream/rerobots/governor.ts';
import { readIdempotencyKey } from '../repeats.ts';
import type { SessionGate } from '../session-gate.ts';
import { checkNoAccessToken, requireRole, sessionOf } from '../session-gate.ts';
import { plain, refuseUnusable, sendProxyAnswer } from './proxy-answer.ts';
import { readProxyBody } from './proxy-body.ts';
import type { ProxyCall } from './proxy-call.ts';
import { readProxyCall } from './proxy-call.ts';
import { createExchange } from './proxy-exchange.ts';
import type { ProxyAnswer, ProxyTarget } from './proxy-exchange.ts';
import { recorded } from './proxy-record.ts';
import type { RecordDeps } from './proxy-record.ts';

type Deps = RecordDeps & {
  /** One per configured upstream. */
  targets: readonly ProxyTarget[];
  callOnce: CallOnce;
  health: Record<UpstreamName, UpstreamHealth>;
  /** Budget of the rerobots account's calls. */
  governor: Pick<Governor, 'admit' | 'observe'>;
  /** Null where nobody booked the robot instance here. */
  bookingOwner: (instanceId: string) => Promise<string | null>;
  /** @throws AppError `not-allowed-now` where the robot is booked here and has no such part now. */
  checkRobot: (instanceId: string, part: AccessPart) => Promise<void>;
  clock: Clock;
  deadlineMs?: number;
};

/**
 * `/api/proxy/{cycle,scheduler,rerobots}/…`: operations of the catalogue only, by role. The server adds the
 * credentials, withholds secrets from answers and records every change. Mounted before any body is read.
 */
export function createUpstreamProxy(deps: Deps): {
  router: (gate: SessionGate) => Router;
  close: () => void;
} {
  const exchanges = new Map(
    deps.targets.map((target) => [
      target.name,
      { target, exchange: createExchange(target, deps.deadlineMs) },
    ]),
  );
  const pass =
    (gate: SessionGate) =>
    async (request: Request, response: Response): Promise<void> => {
      const call = readProxyCall(request);
      if (call.operation.sessionOnly) checkNoAccessToken(request);
      const requestKey = call.operation.changes ? requestKeyOf(request) : null;
      const body = await readProxyBody(request, call);
      await allow(request, call, deps);
      if (call.operation.confirm) gate.requireConfirmation(request);
      const found = exchanges.get(call.upstream);
      const authorization = await found?.target.authorization?.();
      if (found === undefined || authorization === null) throw unconfigured(call.upstream, deps);
      const { target, exchange } = found;
      // A person's read may wait for the next hour; a change takes priority over background reads.
      if (call.upstream === 'rerobots') deps.governor.admit(call.operation.changes ? 'act' : 'follow');
      const ask = async (): Promise<ProxyAnswer> => {
        const sent = { url: call.url, body: bytesOf(body), authorization };
        let answer = await exchange.send(request, response, sent);
        if (answer.status === 401 && target.renew !== undefined && authorization !== undefined) {
          const renewed = await target.renew(authorization);
          answer = await exchange.send(request, response, { ...sent, authorization: renewed });
        }
        if (call.upstream === 'rerobots') deps.governor.observe(plain(answer));
        refuseUnusable(target, answer, deps.clock.now());
        return answer;
      };
      const actor = sessionOf(request).name;
      const timed = (): Promise<ProxyAnswer> => deps.health[call.upstream].timed(ask, outcomeOf);
      const once = (): Promise<ProxyAnswer> =>
        passOnce(requestKey, () => recorded({ actor, call, body }, timed, deps), deps.callOnce);
      const answer = call.operation.changes ? await once() : await timed();
      await sendProxyAnswer(request, response, target, call.operation, answer);
    };

  return {
    router: (gate) => Router().use('/api/proxy', gate.requireSession, csrfForChanges(gate), pass(gate)),
    close: () => exchanges.forEach(({ exchange }) => exchange.close()),
  };
}

/** Refusals are passed on, and count as what they are. */
function outcomeOf({ status }: ProxyAnswer): 'ok' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}

function bytesOf(body: unknown): Buffer {
  return body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
}

function csrfForChanges(gate: SessionGate): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET') next();
    else gate.requireCsrf(request, response, next);
  };
}

/**
 * @throws AppError `forbidden` where the operation is not proxied, the role too low or the robot booked by someone
 * else; `not-allowed-now` as the route for the same.
 */
async function allow(
  request: Request,
  { operation, params }: ProxyCall,
  { bookingOwner, checkRobot }: Deps,
): Promise<void> {
  if (!operation.proxied) throw new AppError('forbidden', operation.help, { hint: 'Nothing was sent.' });
  requireRole(request, operation.role);
  const instanceId = operation.owned === undefined ? undefined : params[operation.owned];
  const { name, role } = sessionOf(request);
  if (instanceId !== undefined && role !== 'admin' && (await bookingOwner(instanceId)) !== name) {
    throw new AppError('forbidden', 'You did not book this robot. Nothing was changed.', {
      hint: 'Ask the person who booked it or an admin.',
    });
  }
  if (operation.part !== undefined) await checkRobot(params['instance'] ?? '', operation.part);
}

function requestKeyOf(request: Request): RequestKey | null {
  const key = readIdempotencyKey(request);
  // Without a fingerprint of its own it is like no request of the dashboard's API.
  return key === null ? null : { person: sessionOf(request).name, key, fingerprint: 'proxy', stored: false };
}

/** A request that comes again with its key is not sent again; answers of upstreams are not kept. */
async function passOnce(
  requestKey: RequestKey | null,
  ask: () => Promise<ProxyAnswer>,
  callOnce: CallOnce,
): Promise<ProxyAnswer> {
  try {
    return await callOnce(requestKey, ask, ({ status }) =>
      status >= 400 && status < 500 ? null : String(status),
    );
  } catch (error) {
    const isRepeat =
      requestKey !== null && !requestKey.stored && error instanceof AppError && error.code === 'conflict';
    if (!isRepeat) throw error;
    const message = `This ${IDEMPOTENCY_KEY_HEADER} was used before. The proxy keeps no answers. Nothing was sent again.`;
    throw new AppError('conflict', message, { hint: 'Check what the first request did.', cause: error });
  }
}

function unconfigured(name: UpstreamName, { health }: Deps): UpstreamError {
  const { reason } = health[name].freshness();
  return new UpstreamError(name, 'unconfigured', reason ?? `${name} is not configured.`);
}
