import { passkeySignIn } from '@cyclorama/shared/passkeys.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { passkeyQuestion, session as sessionShape } from '@cyclorama/shared/session.ts';
import type { Session, SignInAnswer } from '@cyclorama/shared/session.ts';
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import type { z } from 'zod';

import type { ApiOperation } from '../../../http/api-operation.ts';
import { jsonBody } from '../../../http/json-body.ts';
import { sendJson } from '../../../http/json-response.ts';
import { notePerson } from '../../../http/request-log.ts';
import { isSameOrigin, whereToGo } from '../../../http/same-origin.ts';
import type { SessionCookie } from '../../../http/session-cookie.ts';
import { validate } from '../../../http/validate.ts';
import { AppError } from '../../../lib/errors.ts';
import { requireRelyingParty } from '../relying-party.ts';
import type { PasskeysService } from '../service.ts';

export type SignInDeps = {
  passkeys: PasskeysService;
  publicUrl: string | null;
  /** Holds the challenge, sealed: only the browser that asked can answer. */
  cookie: SessionCookie;
  open: (
    request: Request,
    response: Response,
    identity: { name: string; way: 'vpn' | 'passkey'; withPasskey: true },
  ) => Promise<Session>;
};

export const passkeySignInOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: paths.sessionPasskeyOptions(),
    summary: 'Begins to sign in with a passkey alone, where that is allowed',
    access: 'anyone',
    success: [{ status: 200, content: { 'application/json': passkeyQuestion } }],
  },
  {
    method: 'post',
    path: paths.sessionPasskey(),
    summary: 'Signs in with a passkey, alone or after the password',
    access: 'anyone',
    body: passkeySignIn,
    success: [{ status: 200, content: { 'application/json': sessionShape } }],
  },
];

/** Not route literals: they work without a session. */
export function passkeySignInRouter({ passkeys, publicUrl, cookie, open }: SignInDeps): Router {
  const ownPage: RequestHandler = (request, _response, next) => {
    if (isSameOrigin(request, publicUrl)) return next();
    throw new AppError(
      'csrf',
      'Sign in from Cyclorama’s own page. Nothing was changed.',
      whereToGo(publicUrl),
    );
  };
  const router = Router();

  router.post(paths.sessionPasskeyOptions(), jsonBody, ownPage, async (request, response) => {
    const rp = requireRelyingParty(publicUrl, request.get('host'));
    const { options, challenge, expiresAt } = await passkeys.beginSignIn(rp);
    cookie.set(request, response, challenge, expiresAt);
    await sendJson(request, response, passkeyQuestion.parse({ options }), 200);
  });

  router.post(paths.sessionPasskey(), jsonBody, ownPage, async (request, response) => {
    const { answer } = validate(passkeySignIn, 'body', request.body) as z.output<typeof passkeySignIn>;
    const rp = requireRelyingParty(publicUrl, request.get('host'));
    const seal = cookie.read(request);
    cookie.clear(request, response);
    const identity = await passkeys.signIn({ seal, answer, rp });
    notePerson(response, identity.name);
    const session = await open(request, response, { ...identity, withPasskey: true });
    await sendJson(request, response, session, 200);
  });

  return router;
}

/** Null where the person has no passkey. Where theirs can't be used at this address they are refused, not let in. */
export function askAfterPassword({ passkeys, publicUrl, cookie }: Omit<SignInDeps, 'open'>) {
  return async (request: Request, response: Response, name: string): Promise<SignInAnswer | null> => {
    if (!(await passkeys.hasAny(name))) return null;
    const rp = requireRelyingParty(publicUrl, request.get('host'));
    const { options, challenge, expiresAt } = await passkeys.beginSecondFactor(name, rp);
    cookie.set(request, response, challenge, expiresAt);
    return passkeyQuestion.parse({ options });
  };
}
