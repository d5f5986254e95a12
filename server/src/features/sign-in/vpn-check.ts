import type { VpnCheckRequest, VpnCheckResponse } from '@cyclorama/shared/vpn-check.ts';

import type { CarryOut } from '../../lib/activity-note.ts';
import type { Person } from '../../lib/person.ts';
import type { createTypedNames } from '../../lib/typed-names.ts';
import type { SignInLimit } from './limit.ts';
import type { PasswordWay } from './way.ts';

export type VpnCheck = ReturnType<typeof createVpnCheck>;

type Deps = {
  vpn: PasswordWay;
  limit: SignInLimit;
  /** What was typed as a name may be a password. */
  typedName: ReturnType<typeof createTypedNames>;
  carryOut: CarryOut;
};

/** Whether a VPN login would work, for admins: within the limits of signing in, as it guesses as well. */
export function createVpnCheck({ vpn, limit, typedName, carryOut }: Deps) {
  return async ({ username, password }: VpnCheckRequest, person: Person): Promise<VpnCheckResponse> => {
    // Whoever asks stands for the address, wherever they ask from.
    const attempt = { name: username, address: `check by ${person.name}`, device: null };
    const intent = { actor: person.name, action: 'vpn.check', subject: typedName(username) };
    const valid = await carryOut(
      intent,
      () => limit.guard(attempt, 'usual', () => vpn.check(username, password)),
      (isValid) =>
        isValid
          ? { detail: `The login of ${username} works.` }
          : { outcome: 'refused', detail: 'The name or the password was wrong.' },
    );
    return { valid };
  };
}
