import type { RobotAccount } from '@cyclorama/shared/robot-access.ts';
import type { Kysely } from 'kysely';

import type { Clock } from '../../../lib/clock.ts';
import { isoOf } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import type { SecretBox } from '../../../lib/secret-box.ts';
import type { Database } from '../../../store/schema.ts';
import { deleteSettings, readSetting, settingsUnder, writeSetting } from '../../../store/settings.ts';
import { tokenSha256 } from '../../../upstream/rerobots/token.ts';

const TOKEN_KEY = 'rerobots-token';
const REVOKED_PREFIX = 'rerobots-revoked:';

type Options = {
  db: Kysely<Database>;
  box: SecretBox;
  /** From the server's configuration. */
  configured: string | null;
  clock: Clock;
  logger: Logger;
};

export type TokenKeeper = {
  /** The token set on the page, else the configured one; never a revoked one. */
  current(): string | null;
  from(): RobotAccount['tokenFrom'];
  /** SHA-256 of the stored and the configured token. */
  hashes(): string[];
  isRevoked(sha256: string): boolean;
  /** Re-reads the store, which other replicas write too. */
  load(): Promise<void>;
  store(token: string): Promise<void>;
  /** Permanent; deletes the stored token if it is among them. */
  revoked(sha256s: string[]): Promise<void>;
};

export function createTokenKeeper({ db, box, configured, clock, logger }: Options): TokenKeeper {
  let stored: string | null = null;
  let revoked = new Set<string>();
  let isUnreadable = false;

  const usable = (token: string | null): string | null =>
    token !== null && !revoked.has(tokenSha256(token)) ? token : null;
  const hashes = (): string[] =>
    [stored, configured].flatMap((token) => (token === null ? [] : [tokenSha256(token)]));

  const opened = (sealed: string | null): string | null => {
    if (sealed === null) return null;
    try {
      return box.open(sealed);
    } catch (error) {
      logger.error(
        { err: error },
        'the stored rerobots token can’t be decrypted: set it again under Robot account',
      );
      return null;
    }
  };

  return {
    current: () => usable(stored) ?? usable(configured),
    from() {
      if (usable(stored) !== null) return 'stored';
      if (usable(configured) !== null) return 'configured';
      if (isUnreadable) return 'unreadable';
      return revoked.size > 0 ? 'revoked' : 'missing';
    },
    hashes,
    isRevoked: (sha256) => revoked.has(sha256),
    async load() {
      const [sealed, rows] = await Promise.all([
        readSetting(db, TOKEN_KEY),
        settingsUnder(db, REVOKED_PREFIX),
      ]);
      revoked = new Set(rows.map(({ key }) => key.slice(REVOKED_PREFIX.length)));
      stored = opened(sealed);
      isUnreadable = sealed !== null && stored === null;
    },
    async store(token) {
      await writeSetting(db, TOKEN_KEY, box.seal(token));
      stored = token;
    },
    async revoked(sha256s) {
      const at = isoOf(clock.now());
      for (const sha256 of sha256s) await writeSetting(db, REVOKED_PREFIX + sha256, at);
      for (const sha256 of sha256s) revoked.add(sha256);
      if (stored === null || usable(stored) !== null) return;
      await deleteSettings(db, [TOKEN_KEY]);
      stored = null;
    },
  };
}
