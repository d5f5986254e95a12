import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

import { createKeyedMutex } from './keyed-mutex.ts';

/** OWASP's Password Storage Cheat Sheet: N=2^15, r=8, p=3, which takes 32 MB and a fifth of a second. */
const COST = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{43})$/;
const MAX_MEMORY_BYTES = 256 * 2 ** 20;

/** One at a time: many at once would take the memory and the threads of everything else. */
const queue = createKeyedMutex();

/** In the PHC string format: `$scrypt$ln=15,r=8,p=3$salt$hash`. */
export async function hashPassword(
  password: string,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<string> {
  const salt = random(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${plainBase64(salt)}$${plainBase64(hash)}`;
}

export function isPasswordHash(text: string): boolean {
  return parse(text) !== null;
}

/** False also for a text that is no hash. */
export async function isPasswordOf(password: string, phc: string): Promise<boolean> {
  const parsed = parse(phc);
  if (parsed === null) return false;
  const given = await queue.run('scrypt', () => derive(password, parsed.salt, parsed.cost));
  return timingSafeEqual(given, parsed.hash);
}

type Cost = typeof COST;

function parse(phc: string): { cost: Cost; salt: Buffer; hash: Buffer } | null {
  const found = FORM.exec(phc);
  if (found === null) return null;
  const [ln = 0, r = 0, p = 0] = found.slice(1, 4).map(Number);
  const cost = { ln, r, p };
  // Weaker than the least OWASP names, or more than a server should spend on one sign-in.
  if (ln < 13 || r < 8 || p < 1 || memoryOf(cost) > MAX_MEMORY_BYTES) return null;
  return { cost, salt: Buffer.from(found[4] ?? '', 'base64'), hash: Buffer.from(found[5] ?? '', 'base64') };
}

const memoryOf = ({ ln, r, p }: Cost): number => 128 * r * (2 ** ln + p);

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: memoryOf(cost) + 2 ** 20 };
  return new Promise((resolve, reject) => {
    // Browsers and keyboards write the same letter in several ways.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

const plainBase64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
