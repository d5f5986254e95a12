import { createHash, timingSafeEqual } from 'node:crypto';

const shape = /^cyc_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** 38 random bytes: `cyc_`, the lookup prefix, and 256 secret bits. */
export function makeToken(random: (bytes: number) => Buffer): { token: string; prefix: string } {
  const prefix = random(6).toString('hex');
  return { token: `cyc_${prefix}_${random(32).toString('base64url')}`, prefix };
}

export function prefixOf(token: string): string | null {
  return shape.exec(token)?.[1] ?? null;
}

/** A plain hash is enough: 256 random bits can't be guessed. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function sameHash(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
