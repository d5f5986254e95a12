import { randomBytes } from 'node:crypto';

import type { Kysely } from 'kysely';
import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import { spendChallenge } from '../../store/passkeys.ts';
import type { Database } from '../../store/schema.ts';

const VALID_MS = 5 * 60_000;

const content = z.object({
  challenge: z.string(),
  expiresAt: z.number(),
  purpose: z.enum(['register', 'confirm', 'second-factor', 'sign-in']),
  /** Whose passkey may answer; null: anyone's. */
  person: z.string().nullable(),
  /** The session it was made for, or null before there is one: then a cookie holds the seal. */
  sessionId: z.string().nullable(),
  /** For a passkey that is to be made; base64url. */
  userHandle: z.string().optional(),
});
export type Challenge = z.infer<typeof content>;
export type ChallengeFor = Omit<Challenge, 'challenge' | 'expiresAt'>;

type Expected = { purposes: readonly Challenge['purpose'][]; sessionId: string | null };

/** Sealed and handed out: nothing is stored until one is answered, so asking for many fills nothing. */
export type Challenges = {
  make(given: ChallengeFor): { challenge: Buffer<ArrayBuffer>; seal: string; expiresAt: number };
  /**
   * Uses it up, whatever comes of the answer.
   * @throws AppError `not-allowed-now` where it was used, has expired or is another session's or purpose's.
   */
  take(seal: string | null, expected: Expected): Promise<Challenge>;
};

export function createChallenges(
  { db, clock, secrets }: { db: Kysely<Database>; clock: Clock; secrets: Secrets },
  random: (bytes: number) => Buffer<ArrayBuffer> = randomBytes,
): Challenges {
  const box = createSecretBox(secrets, 'passkey challenges');
  const open = (seal: string): Challenge | null => {
    try {
      return content.parse(JSON.parse(box.open(seal)));
    } catch {
      return null;
    }
  };
  return {
    make(given) {
      const challenge = random(32);
      const expiresAt = clock.now() + VALID_MS;
      const text = JSON.stringify({ ...given, challenge: challenge.toString('base64url'), expiresAt });
      return { challenge, seal: Buffer.from(box.seal(text), 'base64').toString('base64url'), expiresAt };
    },
    async take(seal, { purposes, sessionId }) {
      const found = seal === null ? null : open(seal);
      const fits =
        found !== null &&
        purposes.includes(found.purpose) &&
        found.sessionId === sessionId &&
        found.expiresAt > clock.now();
      if (!fits) throw expired();
      const { challenge, expiresAt } = found;
      if (await spendChallenge(db, { challenge, expires_at: expiresAt }, clock.now())) return found;
      throw expired();
    },
  };
}

function expired(): AppError {
  const message = 'The request to use a passkey has expired or was answered already. Nothing was done.';
  return new AppError('not-allowed-now', message, { hint: 'Start again.' });
}
