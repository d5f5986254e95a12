import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import { settleWithLimit } from '../../../lib/settle-with-limit.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import {
  changeClaimedGrant,
  claimOidcGrant,
  deleteClaimedGrant,
  deleteOidcGrant,
  oidcGrantsInUse,
  upsertOidcGrant,
} from '../../../store/oidc-grants.ts';
import type { OidcGrantRow } from '../../../store/oidc-grants.ts';
import type { Database } from '../../../store/schema.ts';
import type { SignedInBy } from '../way.ts';
import { ProviderError } from './provider.ts';
import type { OidcProvider } from './provider.ts';

const AT_ONCE = 4;

/** Asks the provider about people who use the dashboard, and ends what they have once it knows them no longer. */
export type OidcGrants = {
  /** Null: the provider gave nothing to ask with, so only the limits of sessions and tokens hold. */
  keep(who: SignedInBy, refreshToken: string | null, within: Kysely<Database>): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

type Deps = {
  db: Kysely<Database>;
  box: SecretBox;
  provider: Pick<OidcProvider, 'refresh'>;
  clock: Clock;
  logger: Logger;
  issuer: string;
  confirmMs: number;
  pollMs: number;
  /** With the groups the provider tells now. */
  onConfirmed: (person: string, subject: string, groups: string[]) => Promise<unknown>;
  /** `isStill` is to be asked in the transaction that ends what they have. */
  onGone: (person: string, isStill: (within: Kysely<Database>) => Promise<boolean>) => Promise<void>;
};

export function createOidcGrants(deps: Deps): OidcGrants {
  const { db, box, provider, clock, logger, issuer, confirmMs, pollMs, onConfirmed, onGone } = deps;
  let timer: NodeJS.Timeout | undefined;

  const ask = async (row: OidcGrantRow): Promise<void> => {
    const { person, subject, checked_at: before } = row;
    const claimed = { person, at: clock.now() };
    if (!(await claimOidcGrant(db, row, claimed.at))) return;
    try {
      const sub = subject.slice(issuer.length + 1);
      const { identity, refreshToken } = await provider.refresh(box.open(row.refresh_token), sub);
      if (refreshToken !== null) {
        await changeClaimedGrant(db, claimed, { refresh_token: box.seal(refreshToken) });
      }
      if (identity !== null) await onConfirmed(person, subject, identity.groups);
    } catch (error) {
      if (error instanceof ProviderError && error.oauthError === 'invalid_grant') {
        return onGone(person, (within) => deleteClaimedGrant(within, claimed));
      }
      logger.warn({ err: error }, 'the sign-in provider could not be asked about a person');
      // Asked again in the next round.
      await changeClaimedGrant(db, claimed, { checked_at: before });
    }
  };

  const round = singleFlight(
    async () => {
      const due = await oidcGrantsInUse(db, clock.now() - confirmMs);
      await settleWithLimit(due, AT_ONCE, ask);
    },
    (error) => logger.warn({ err: error }, 'people of the sign-in provider could not be checked'),
  );

  return {
    async keep({ name, subject }, refreshToken, within) {
      if (refreshToken === null) return deleteOidcGrant(within, name);
      await upsertOidcGrant(within, {
        person: name,
        subject: subject ?? '',
        refresh_token: box.seal(refreshToken),
        checked_at: clock.now(),
      });
    },
    start() {
      timer = setInterval(() => void round.run(), pollMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await round.settled();
    },
  };
}
