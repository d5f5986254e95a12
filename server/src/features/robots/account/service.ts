import type { AccountTokenRequest, RobotAccount } from '@cyclorama/shared/robot-access.ts';

import type { CarryOut } from '../../../lib/activity-note.ts';
import type { Clock } from '../../../lib/clock.ts';
import { isoOf } from '../../../lib/clock.ts';
import { AppError, UpstreamError } from '../../../lib/errors.ts';
import { createKeyedMutex } from '../../../lib/keyed-mutex.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { Person } from '../../../lib/person.ts';
import type { UpstreamHealth } from '../../../upstream/health.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';
import { tokenClaims, tokenSha256 } from '../../../upstream/rerobots/token.ts';
import { accountChangeRefusal } from './account-change.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Interval of checks whether another replica changed the token. */
const POLL_MS = 15_000;
const whyNoToken: Partial<Record<RobotAccount['tokenFrom'], string>> = {
  missing: 'No rerobots token is set.',
  revoked: 'The dashboard’s rerobots token was revoked here.',
  unreadable: 'The stored rerobots token can’t be decrypted, because the session secret has changed.',
};

export type RobotAccountDeps = {
  keeper: TokenKeeper;
  client: Pick<RerobotsClient, 'revoke' | 'purge' | 'checkToken' | 'tokenWorks' | 'tokenChanged'>;
  health: Pick<UpstreamHealth, 'configured' | 'unconfigured'>;
  /** Open bookings by the account they were made with. */
  openAccounts: () => Promise<ReadonlyMap<string, number>>;
  carryOut: CarryOut;
  clock: Clock;
  logger: Logger;
  singleProcess: boolean;
};

export type RobotAccountService = ReturnType<typeof createRobotAccountService>;

export function createRobotAccountService(deps: RobotAccountDeps) {
  const { keeper, client, health, carryOut, clock, logger } = deps;
  const mutex = createKeyedMutex();
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => mutex.run('token', work);
  let timer: NodeJS.Timeout | undefined;
  let announced: string | null | undefined;

  const announce = (works: boolean | null): void => {
    const token = keeper.current();
    if (token === announced) return;
    announced = token;
    client.tokenChanged(works);
    if (token === null) health.unconfigured(noToken(keeper.from()), keeper.from() !== 'missing');
    else health.configured();
  };

  const account = (): RobotAccount => {
    const token = keeper.current();
    const none = { tokenWorks: null, tokenSha256: null, userName: null, expiresAt: null };
    if (token === null) return { tokenFrom: keeper.from(), ...none };
    const { userName, expiresAt } = tokenClaims(token);
    return {
      tokenFrom: keeper.from(),
      tokenWorks: client.tokenWorks(),
      tokenSha256: tokenSha256(token),
      userName,
      expiresAt: expiresAt === null ? null : isoOf(expiresAt),
    };
  };

  const revoking = async (
    note: { person: Person; action: string; subject: string; done: string },
    call: () => Promise<void>,
    sha256s: () => string[],
  ): Promise<RobotAccount> => {
    const { person, action, subject } = note;
    const intent = {
      actor: person.name,
      action,
      subject: { kind: 'robot-token', id: subject, name: subject },
    };
    return carryOut(
      intent,
      async () => {
        await call();
        await keeper.revoked(sha256s());
        announce(null);
        return account();
      },
      () => {
        const lost = keeper.current() === null ? ' The dashboard has no token now.' : '';
        return { detail: note.done + lost };
      },
    );
  };

  const reload = (): Promise<void> =>
    exclusive(async () => {
      try {
        await keeper.load();
        announce(null);
      } catch (error) {
        logger.warn({ err: error }, 'the stored rerobots token could not be read; it is retried');
      }
    });

  return {
    account,

    /** A revoked token can never be set here again. */
    revoke: (sha256: string, person: Person): Promise<RobotAccount> =>
      exclusive(() => {
        const subject = sha256.slice(0, 12);
        const note = { person, action: 'robot-account.revoke', subject, done: 'The token is revoked.' };
        return revoking(
          note,
          () => client.revoke(sha256),
          () => [sha256],
        );
      }),

    /** Revokes every token of the account, including the dashboard's own. */
    purge: (person: Person): Promise<RobotAccount> =>
      exclusive(() => {
        const done = 'Every token of the account is revoked.';
        const note = { person, action: 'robot-account.purge', subject: 'every token', done };
        return revoking(
          note,
          () => client.purge(),
          () => keeper.hashes(),
        );
      }),

    /**
     * Stores the token encrypted after rerobots accepted it. @throws AppError `conflict` if it was revoked here
     * or is of another account and that isn't confirmed, `invalid-request` if it has expired or rerobots refuses it; the token in use then stays.
     */
    setToken: ({ token, confirm }: AccountTokenRequest, person: Person): Promise<RobotAccount> =>
      exclusive(async () => {
        const sha256 = tokenSha256(token);
        const subject = { kind: 'robot-token', id: sha256.slice(0, 12), name: sha256.slice(0, 12) };
        const { userName } = tokenClaims(token);
        const whose = userName === null ? '' : ` It belongs to the account ${userName}.`;
        return carryOut(
          { actor: person.name, action: 'robot-account.set-token', subject },
          async () => {
            await check(token, sha256);
            if (confirm === undefined) await checkAccount(token);
            await keeper.store(token);
            announced = undefined;
            announce(true);
            return account();
          },
          () => ({ detail: `A new token is in use.${whose}` }),
        );
      }),

    /** For what another replica changed. */
    reload,

    async start(): Promise<void> {
      await reload();
      if (!deps.singleProcess) timer = setInterval(() => void reload(), POLL_MS);
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await mutex.settled();
    },
  };

  async function checkAccount(token: string): Promise<void> {
    const current = keeper.current();
    const refusal = accountChangeRefusal({
      userName: tokenClaims(token).userName,
      inUse: current === null ? null : tokenClaims(current).userName,
      open: await deps.openAccounts(),
    });
    if (refusal) throw refusal;
  }

  async function check(token: string, sha256: string): Promise<void> {
    if (keeper.isRevoked(sha256)) {
      throw new AppError(
        'conflict',
        'This token was revoked here and can’t be used again. Nothing was changed.',
        {
          field: 'body.token',
          hint: 'Create a new token at rerobots and set that one.',
        },
      );
    }
    const { expiresAt } = tokenClaims(token);
    if (expiresAt !== null && expiresAt <= clock.now()) throw badToken('it has expired');
    try {
      await client.checkToken(token);
    } catch (error) {
      if (error instanceof UpstreamError && error.fault === 'unauthorized') {
        throw badToken('rerobots refuses it: it was revoked, has expired or was copied incompletely');
      }
      throw error;
    }
  }
}

function noToken(from: RobotAccount['tokenFrom']): string {
  const what = from === 'missing' ? 'one' : 'a new one';
  return `${whyNoToken[from] ?? ''} Robots and bookings are not updated until an admin sets ${what} under Robot account.`;
}

function badToken(why: string): AppError {
  const message = `body.token: expected a token that rerobots accepts, but ${why}. Nothing was changed.`;
  return new AppError('invalid-request', message, { field: 'body.token' });
}
