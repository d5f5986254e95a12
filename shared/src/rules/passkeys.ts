import type { Role } from '../common.ts';
import type { PasskeysRequired } from '../passkeys.ts';
import type { SignInWay } from '../session.ts';

/**
 * Whether the person must use a passkey besides the password. A sign-in provider asks its people itself, and the
 * break-glass admin must get in when nothing else works.
 */
export function isPasskeyRequired(
  required: PasskeysRequired,
  { role, way }: { role: Role; way: SignInWay },
): boolean {
  if (way === 'oidc' || way === 'break-glass') return false;
  return required === 'everybody' || (required === 'admins' && role === 'admin');
}

/** Why the person may not remove the only passkey they have; null where they may. */
export function lastPasskeyRefusal(
  required: PasskeysRequired,
  person: { role: Role; way: SignInWay },
): string | null {
  return isPasskeyRequired(required, person)
    ? 'You need a passkey here (PASSKEYS_REQUIRED), and this is your only one.'
    : null;
}
