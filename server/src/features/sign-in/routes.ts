import { paths } from '@cyclorama/shared/paths.ts';
import { signInAnswer, signInRequest } from '@cyclorama/shared/session.ts';
import type { SignInAnswer } from '@cyclorama/shared/session.ts';
import { Router } from 'express';
import type { Request, Response } from 'express';
import type { z } from 'zod';

import type { ApiOperation } from '../../http/api-operation.ts';
import { addressKey } from '../../http/client-address.ts';
import { jsonBody } from '../../http/json-body.ts';
import { sendJson } from '../../http/json-response.ts';
import { notePerson } from '../../http/request-log.ts';
import { isSameOrigin, whereToGo } from '../../http/same-origin.ts';
import type { SealedCookie } from '../../http/sealed-cookie.ts';
import { validate } from '../../http/validate.ts';
import { AppError } from '../../lib/errors.ts';
import type { DeviceNames, KnownDevice } from './devices.ts';
import type { PasswordSignIn } from './service.ts';
import type { OpenSession } from './way.ts';

/** For whom the password is right: the question for a passkey too; null where the password suffices. */
export type AskAfterPassword = (
  request: Request,
  response: Response,
  name: string,
) => Promise<SignInAnswer | null>;

type Checks = {
  passwords: PasswordSignIn;
  deviceNames: DeviceNames;
  deviceCookie: SealedCookie<KnownDevice>;
};

type Deps = Checks & {
  open: OpenSession;
  askAfterPassword: AskAfterPassword;
  publicUrl: string | null;
};

export const passwordOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: paths.session(),
    summary: 'Signs in: a session in a cookie, or the question for a passkey',
    access: 'anyone',
    body: signInRequest,
    success: [{ status: 200, content: { 'application/json': signInAnswer } }],
  },
];

/** `POST /api/session` with a name and a password. */
export function passwordRouter({
  passwords,
  deviceNames,
  deviceCookie,
  open,
  askAfterPassword,
  publicUrl,
}: Deps): Router {
  const router = Router();
  router.post(paths.session(), jsonBody, async (request, response) => {
    if (!isSameOrigin(request, publicUrl)) {
      const message = 'Sign in from Cyclorama’s own page. Nothing was changed.';
      throw new AppError('csrf', message, whereToGo(publicUrl));
    }
    const body: unknown = request.body;
    const { username: name, password } = validate(signInRequest, 'body', body) as z.output<
      typeof signInRequest
    >;
    const device = deviceCookie.read(request);
    const attempt = { name, address: addressKey(request), device: deviceNames.idFor(device, name) };
    const who = await passwords.check(attempt, password);
    // Not before: what was typed as a name may be a password.
    notePerson(response, name);
    // The break-glass admin needs none: it must work when everything else does not.
    const question = who.way === 'vpn' ? await askAfterPassword(request, response, name) : null;
    const answer = question ?? (await open(request, response, who));
    deviceCookie.set(request, response, deviceNames.with(device, name));
    await passwords.keep(attempt);
    await sendJson(request, response, answer, 200);
  });
  return router;
}

/** Of who is signed in, within the limits of signing in. @throws AppError `sign-in-refused` or `rate-limited` */
export function passwordCheck({ passwords, deviceNames, deviceCookie }: Checks) {
  return (request: Request, name: string, password: string): Promise<void> => {
    const device = deviceNames.idFor(deviceCookie.read(request), name);
    return passwords.confirm({ name, address: addressKey(request), device }, password);
  };
}
