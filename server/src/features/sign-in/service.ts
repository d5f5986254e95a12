import type { RecordActivity } from '../../lib/activity-note.ts';
import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { createTypedNames } from '../../lib/typed-names.ts';
import type { Attempt, SignInLimit } from './limit.ts';
import type { PasswordWay, SignedInBy } from './way.ts';

export type PasswordSignIn = {
  /**
   * Whom the name and the password are right for.
   * @throws AppError `sign-in-refused`, with the same message for a wrong name and a wrong password; `rate-limited`.
   */
  check(attempt: Attempt, password: string): Promise<SignedInBy>;
  /** For who is signed in. @throws AppError `sign-in-refused` or `rate-limited` */
  confirm(attempt: Attempt, password: string): Promise<void>;
  /** Signing in worked. */
  keep(attempt: Attempt): Promise<void>;
};

type Deps = {
  ways: readonly PasswordWay[];
  limit: SignInLimit;
  /** A refused name may be a password in the wrong field. */
  typedName: ReturnType<typeof createTypedNames>;
  record: RecordActivity;
  logger: Logger;
};

export function createPasswordSignIn({ ways, limit, typedName, record, logger }: Deps): PasswordSignIn {
  return {
    async check(attempt, password) {
      const { name } = attempt;
      const found = ways.find((candidate) => candidate.takes(name));
      if (found === undefined) throw refused();
      const { way, role, urgency } = found;
      if (await limit.guard(attempt, urgency, () => found.check(name, password))) {
        // Whoever knows this password has everything, so nobody should have to look for it.
        if (urgency === 'emergency') logger.warn({ name }, 'the break-glass admin signed in');
        return { name, way, role: role ?? null };
      }
      await record({
        actor: null,
        action: 'session.sign-in',
        subject: typedName(name),
        outcome: 'refused',
        detail: 'The name or the password was wrong.',
      });
      throw refused();
    },
    async confirm(attempt, password) {
      const { name } = attempt;
      const found = ways.find((candidate) => candidate.takes(name));
      if (found !== undefined) {
        if (await limit.guard(attempt, found.urgency, () => found.check(name, password))) return;
      }
      throw new AppError('sign-in-refused', 'The password is wrong.', { hint: 'Nothing was done.' });
    },
    keep: (attempt) =>
      limit
        .keep(attempt)
        .catch((error: unknown) => logger.warn({ err: error }, 'a known address could not be stored')),
  };
}

function refused(): AppError {
  return new AppError('sign-in-refused', 'Wrong account name or password.', {
    hint: 'Use an account of this environment’s VPN service, not your Cycle portal login.',
  });
}
