import { paths } from '@cyclorama/shared/paths.ts';
import { session as sessionShape, signInRequest } from '@cyclorama/shared/session.ts';
import { Router } from 'express';
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

type Deps = {
  passwords: PasswordSignIn;
  deviceNames: DeviceNames;
  deviceCookie: SealedCookie<KnownDevice>;
  open: OpenSession;
  publicUrl: string | null;
};

export const passwordOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: paths.session(),
    summary: 'Signs in; the session is in a cookie',
    access: 'anyone',
    body: signInRequest,
    success: [{ status: 200, content: { 'application/json': sessionShape } }],
  },
];

/** `POST /api/session` with a name and a password. */
export function passwordRouter({ passwords, deviceNames, deviceCookie, open, publicUrl }: Deps): Router {
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
    const session = await open(request, response, who);
    deviceCookie.set(request, response, deviceNames.with(device, name));
    await passwords.keep(attempt);
    await sendJson(request, response, session, 200);
  });
  return router;
}
