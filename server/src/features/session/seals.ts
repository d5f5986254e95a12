import { role } from '@cyclorama/shared/common.ts';
import { signInWay } from '@cyclorama/shared/session.ts';
import { z } from 'zod';

import { createSecretBox } from '../../lib/secret-box.ts';
import type { Secrets } from '../../lib/secret-box.ts';

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
});

/** Encrypted into the session cookie: only this server can read or make one. */
export type SealedSession = z.infer<typeof content>;

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
