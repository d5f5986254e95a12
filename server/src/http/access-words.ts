import type { Role } from '@cyclorama/shared/common.ts';
import type { RequestHandler } from 'express';

import type { SessionGate } from './session-gate.ts';
import { refuseAccessToken, requireRole } from './session-gate.ts';

/** Who may, in the words of every route literal and of the catalogue. */
export type AccessWords = {
  role: Role;
  /** True: signed-in browsers only, no access tokens; as the catalogue says of the same operation. */
  sessionOnly?: boolean;
  /** True: asks for a recent authentication; as the catalogue says of the same operation. */
  confirm?: boolean;
};

/** For what is only read. */
export function guardsOf({ role, sessionOnly, confirm }: AccessWords, gate: SessionGate): RequestHandler[] {
  return [
    gate.requireSession,
    ...(sessionOnly === true ? [refuseAccessToken] : []),
    (request, _response, next) => {
      requireRole(request, role);
      if (confirm === true) gate.requireConfirmation(request);
      next();
    },
  ];
}
