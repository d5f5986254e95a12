import type { ConfirmationWays } from '@cyclorama/shared/confirmation.ts';
import { confirmationRequest, confirmationWays } from '@cyclorama/shared/confirmation.ts';
import { passkeyCeremony } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { session as sessionShape } from '@cyclorama/shared/session.ts';
import type { Session, SignInWay } from '@cyclorama/shared/session.ts';
import type { Request, Response } from 'express';
import { Router } from 'express';
import type { z } from 'zod';

import type { ApiOperation } from '../../../http/api-operation.ts';
import { jsonBody } from '../../../http/json-body.ts';
import { sendJson } from '../../../http/json-response.ts';
import type { SessionGate } from '../../../http/session-gate.ts';
import { refuseAccessToken, sessionOf } from '../../../http/session-gate.ts';
import { validate } from '../../../http/validate.ts';
import type { PutOnRecord, RecordActivity } from '../../../lib/activity-note.ts';
import { AppError } from '../../../lib/errors.ts';
import { relyingPartyOf, requireRelyingParty } from '../relying-party.ts';
import type { PasskeysService } from '../service.ts';

export type ConfirmDeps = {
  passkeys: PasskeysService;
  publicUrl: string | null;
  /** @throws AppError `sign-in-refused`, or `rate-limited` after too many refusals. */
  checkPassword: (request: Request, name: string, password: string) => Promise<void>;
  confirm: (request: Request, response: Response, way: SignInWay) => Promise<Session>;
  record: RecordActivity;
  putOnRecord: PutOnRecord;
  gate: SessionGate;
};

export const confirmOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: paths.sessionConfirm(),
    summary: 'What this session may be confirmed with',
    access: 'viewer',
    sessionOnly: true,
    success: [{ status: 200, content: { 'application/json': confirmationWays } }],
  },
  {
    method: 'post',
    path: paths.sessionConfirmOptions(),
    summary: 'Begins to confirm with a passkey',
    access: 'viewer',
    sessionOnly: true,
    success: [{ status: 200, content: { 'application/json': passkeyCeremony } }],
  },
  {
    method: 'post',
    path: paths.sessionConfirm(),
    summary: 'Confirms who you are, for five minutes; the cookie is renewed',
    access: 'viewer',
    sessionOnly: true,
    body: confirmationRequest,
    success: [{ status: 200, content: { 'application/json': sessionShape } }],
  },
];

/** Not route literals: a confirmation renews the session's cookie. */
export function confirmRouter({
  passkeys,
  publicUrl,
  checkPassword,
  confirm,
  record,
  putOnRecord,
  gate,
}: ConfirmDeps): Router {
  const waysOf = async (request: Request): Promise<ConfirmationWays> => {
    const { name, way } = sessionOf(request);
    const none = { password: false, passkey: false, provider: false, refusal: null };
    // Whoever has a passkey is asked for it: a password alone would make it worth nothing.
    if (way !== 'break-glass' && (await passkeys.hasAny(name))) {
      const found = relyingPartyOf(publicUrl, request.get('host'));
      return 'refusal' in found ? { ...none, refusal: found.refusal } : { ...none, passkey: true };
    }
    return way === 'oidc' ? { ...none, provider: true } : { ...none, password: true };
  };

  const check = async (request: Request, body: z.output<typeof confirmationRequest>): Promise<SignInWay> => {
    const session = sessionOf(request);
    const ways = await waysOf(request);
    if (!ways[body.with]) {
      throw new AppError('forbidden', `You can’t confirm with a ${body.with} here.`, {
        hint: ways.refusal ?? (ways.passkey ? 'Use your passkey.' : 'Enter your password.'),
      });
    }
    if (body.with === 'password') {
      await checkPassword(request, session.name, body.password);
      return session.way === 'break-glass' ? 'break-glass' : 'vpn';
    }
    const { challenge: seal, answer } = body;
    const rp = requireRelyingParty(publicUrl, request.get('host'));
    await passkeys.confirm({ seal, answer, rp }, session.id);
    return 'passkey';
  };

  const router = Router();
  const before = [gate.requireAnySession, refuseAccessToken];
  const change = [...before, gate.requireCsrf, jsonBody];

  router.get(paths.sessionConfirm(), ...before, async (request, response) => {
    await sendJson(request, response, confirmationWays.parse(await waysOf(request)), 200);
  });

  router.post(paths.sessionConfirmOptions(), ...change, async (request, response) => {
    const { id, name } = sessionOf(request);
    const rp = requireRelyingParty(publicUrl, request.get('host'));
    const ceremony = await passkeys.beginConfirmation(name, id, rp);
    await sendJson(request, response, passkeyCeremony.parse(ceremony), 200);
  });

  router.post(paths.sessionConfirm(), ...change, async (request, response) => {
    const body = validate(confirmationRequest, 'body', request.body) as z.output<typeof confirmationRequest>;
    const actor = sessionOf(request).name;
    const note = { actor, action: 'session.confirm', detail: `With a ${body.with}.` };
    const way = await check(request, body).catch(async (error: unknown) => {
      await record({ ...note, outcome: 'refused' });
      throw error;
    });
    await putOnRecord({ ...note, outcome: 'done' });
    await sendJson(request, response, await confirm(request, response, way), 200);
  });

  return router;
}
