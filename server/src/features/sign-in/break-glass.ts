import { isPasswordOf } from '../../lib/password-hash.ts';
import type { PasswordWay } from './way.ts';

/** One admin of the configuration, checked without asking anybody: for when Cycle or the provider is down. */
export function breakGlassWay({ user, passwordHash }: { user: string; passwordHash: string }): PasswordWay {
  return {
    way: 'break-glass',
    role: 'admin',
    urgency: 'emergency',
    takes: (name) => name === user,
    check: (_name, password) => isPasswordOf(password, passwordHash),
  };
}
