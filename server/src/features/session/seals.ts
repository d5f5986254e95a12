import { role } from '@cyclorama/shared/common.ts';
import { signInWay } from '@cyclorama/shared/session.ts';
import { z } from 'zod';

import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';
import type { SessionRow } from '../../store/sessions.ts';

const content = z.object({
  id: z.string(),
  name: z.string(),
  way: signInWay,
  /** As the sign-in provider told it, for a replica that has not read the person yet. */
  providerRole: role.nullable(),
  csrfToken: z.string(),
  createdAt: z.number(),
  confirmedAt: z.number(),
  expiresAt: z.number(),
  /** A passkey was used in it; seals of earlier versions don't say. */
  withPasskey: z.boolean().default(false),
});

/** Encrypted into the session cookie: only this server can read or make one. */
export type SealedSession = z.infer<typeof content>;

type Begun = Omit<SealedSession, 'providerRole' | 'csrfToken' | 'withPasskey'>;

export type Seals = {
  close(session: SealedSession): string;
  /** Null where this server did not seal it. */
  open(seal: string): SealedSession | null;
};

/** Opening a seal takes microseconds, so a thousand browsers can reconnect at once. */
export function createSeals(secrets: Secrets): Seals {
  const box = createSecretBox(secrets, 'sessions');
  return {
    close: (session) => Buffer.from(box.seal(JSON.stringify(session)), 'base64').toString('base64url'),
    open(seal) {
      try {
        const { data } = content.safeParse(JSON.parse(box.open(seal)));
        return data ?? null;
      } catch {
        return null;
      }
    },
  };
}

/** As it is stored at its beginning, without where it was begun. */
export function sessionRowOf({ id, name, way, createdAt, confirmedAt, expiresAt }: Begun): SessionRow {
  return {
    id,
    person: name,
    way,
    created_at: createdAt,
    last_seen_at: createdAt,
    confirmed_at: confirmedAt,
    expires_at: expiresAt,
    address: null,
    user_agent: null,
    ended_at: null,
    end_reason: null,
    changed_at: createdAt,
  };
}
