import { sealData, unsealData } from 'iron-session';
import { z } from 'zod';

const KEPT = 1_000;

const content = z.object({ id: z.string(), name: z.string(), csrfToken: z.string(), expiresAt: z.number() });

/** What a session cookie holds, sealed: nobody but this server can read or make one. */
export type SealedSession = z.infer<typeof content>;

export type Seals = {
  close(session: SealedSession): Promise<string>;
  /** Null for what this server did not seal, or sealed longer ago than a session lasts. */
  open(seal: string): Promise<SealedSession | null>;
};

/** Seals with `secret`. Opened ones are remembered: the cryptography would be half the cost of a small request. */
export function createSeals(secret: string, lifetimeMs: number): Seals {
  const options = { password: secret, ttl: Math.ceil(lifetimeMs / 1000) };
  const opened = new Map<string, SealedSession>();
  return {
    close: (session) => sealData(session, options),
    async open(seal) {
      const known = opened.get(seal);
      if (known !== undefined) return known;
      const parsed = content.safeParse(await unsealData(seal, options));
      if (!parsed.success) return null;
      const [oldest] = opened.keys();
      if (opened.size >= KEPT && oldest !== undefined) opened.delete(oldest);
      opened.set(seal, parsed.data);
      return parsed.data;
    },
  };
}
