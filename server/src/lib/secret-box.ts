import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The first seals; all open, so that a secret can be replaced without losing what it sealed. */
export type Secrets = readonly [string, ...string[]];

/** AES-256-GCM under a key derived from the session secret, for text at rest. */
export type SecretBox = {
  /** Base64 of nonce, tag and ciphertext; never twice the same. */
  seal(text: string): string;
  /** @throws Error where it was sealed with none of the secrets or tampered with; the message holds no content. */
  open(sealed: string): string;
  /** Null where `open` would throw. */
  tryOpen(sealed: string): string | null;
  /** False where an older secret sealed it, or none of these. */
  isCurrent(sealed: string): boolean;
};

/** `purpose` separates the keys of different uses; `random` makes the nonce. */
export function createSecretBox(
  secrets: string | Secrets,
  purpose: string,
  random: (bytes: number) => Buffer = randomBytes,
): SecretBox {
  // A key object: raw bytes would be imported on each use, at several times the cost of the cipher.
  const keyOf = (secret: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'cyclorama', purpose, 32)));
  const [first, ...others] = typeof secrets === 'string' ? ([secrets] as const) : secrets;
  const key = keyOf(first);
  const older = others.map(keyOf);
  const tryOpen = (sealed: string): string | null => {
    const bytes = Buffer.from(sealed, 'base64');
    for (const each of [key, ...older]) {
      const text = openWith(each, bytes);
      if (text !== null) return text;
    }
    return null;
  };
  return {
    seal(text) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64');
    },
    tryOpen,
    open(sealed) {
      const text = tryOpen(sealed);
      if (text !== null) return text;
      throw new Error('A stored secret can’t be opened: was SESSION_SECRET changed?');
    },
    isCurrent: (sealed) => openWith(key, Buffer.from(sealed, 'base64')) !== null,
  };
}

function openWith(key: KeyObject, bytes: Buffer): string | null {
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const content = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([content, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
