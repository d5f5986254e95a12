import { randomBytes } from 'node:crypto';

import type { Role } from '@cyclorama/shared/common.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import type { Kysely } from 'kysely';

import type { RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SignedIn } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import type { Database } from '../../store/schema.ts';
import { createRevocations } from './revocations.ts';
import { createSeals } from './seals.ts';

const LIFETIME_MS = 12 * 3_600_000;
const REFRESH_MS = 30_000;
/** setTimeout fires at once beyond this. Access tokens live longer; their streams end early and reconnect. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export type SessionService = {
  /**
   * `seal` is the cookie's value. @throws AppError `sign-in-refused`, with the same message for a wrong name and a
   * wrong password.
   */
  signIn(name: string, password: string): Promise<{ seal: string; session: SignedIn }>;
  /** Null for a missing, ended, signed-out or forged session. */
  read(seal: string | null): SignedIn | null;
  /** Copies of the cookie end too. */
  signOut(session: SignedIn): Promise<void>;
  /** From the configuration as it is now. */
  roleOf(name: string): Role;
  /** Ends everything watched under this id, e.g. the streams of a revoked access token. */
  end(id: string, reason: string): void;
  /** Calls `onEnd` once when the session expires or is signed out. Returns how to unsubscribe. */
  watch(session: SignedIn, onEnd: (reason: string) => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  /** True for the name and password of a VPN account of the environment. */
  verify: (name: string, password: string) => Promise<boolean>;
  admins: readonly string[];
  operators: readonly string[];
  secret: string;
  db: Kysely<Database>;
  clock: Clock;
  record: RecordActivity;
  logger: Logger;
  lifetimeMs?: number;
  newToken?: () => string;
};

export function createSessionService(deps: Deps): SessionService {
  const { clock, secret, record, logger, lifetimeMs = LIFETIME_MS } = deps;
  const newToken = deps.newToken ?? (() => randomBytes(24).toString('base64url'));
  const seals = createSeals(secret);
  const watchers = new Map<string, Set<(reason: string) => void>>();
  const end = (id: string, reason: string): void => watchers.get(id)?.forEach((onEnd) => onEnd(reason));
  const revocations = createRevocations(deps.db, clock, (id) => end(id, 'You signed out.'));
  let refreshing: NodeJS.Timeout | undefined;

  const roleOf = (name: string): Role => {
    if (deps.admins.includes(name)) return 'admin';
    return deps.operators.includes(name) ? 'operator' : 'viewer';
  };

  const signIn = async (name: string, password: string) => {
    // HTTP Basic splits at the first colon, so such a name would be read as another.
    if (name.includes(':') || !(await deps.verify(name, password))) {
      await record({
        actor: null,
        action: 'session.sign-in',
        outcome: 'refused',
        detail: `Refused for ${isolated(visibleText(name))}.`,
      });
      throw new AppError('sign-in-refused', 'The name or the password is wrong.', {
        hint: 'Use a VPN account of this environment.',
      });
    }
    const data = { id: newToken(), name, csrfToken: newToken(), expiresAt: clock.now() + lifetimeMs };
    const seal = seals.close(data);
    await record({ actor: name, action: 'session.sign-in', outcome: 'done' });
    return { seal, session: { ...data, role: roleOf(name) } };
  };

  const read = (seal: string | null): SignedIn | null => {
    if (seal === null) return null;
    const session = seals.open(seal);
    if (session === null || session.expiresAt <= clock.now() || revocations.has(session.id)) return null;
    return { ...session, role: roleOf(session.name) };
  };

  const watch: SessionService['watch'] = ({ id, expiresAt }, onEnd) => {
    const ends = watchers.get(id) ?? new Set();
    watchers.set(id, ends.add(onEnd));
    const left = Math.max(0, expiresAt - clock.now());
    const timer = setTimeout(() => onEnd('Your session has expired.'), Math.min(left, MAX_TIMER_MS));
    timer.unref();
    return () => {
      clearTimeout(timer);
      ends.delete(onEnd);
      if (ends.size === 0) watchers.delete(id);
    };
  };

  const refresh = (): Promise<void> =>
    revocations
      .refresh()
      .catch((error: unknown) => logger.warn({ err: error }, 'the list of ended sessions could not be read'));

  return {
    signIn,
    read,
    watch,
    roleOf,
    end,
    async signOut({ id, name, expiresAt }) {
      await revocations.add(id, expiresAt);
      await record({ actor: name, action: 'session.sign-out', outcome: 'done' });
    },
    async start() {
      await revocations.refresh();
      refreshing = setInterval(() => void refresh(), REFRESH_MS).unref();
    },
    stop() {
      clearInterval(refreshing);
      return Promise.resolve();
    },
  };
}
