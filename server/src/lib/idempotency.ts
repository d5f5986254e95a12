import { createHmac, hkdfSync } from 'node:crypto';

import type { Secrets } from './secret-box.ts';

/**
 * A request that is carried out once: stored in the transaction that stores what was asked for, before anything is
 * sent.
 */
export type RequestKey = {
  readonly person: string;
  readonly key: string;
  /** Shows whether another request with this key asks for the same. */
  readonly fingerprint: string;
  /** Set where this request, and no other, is the one stored under the key. */
  stored: boolean;
};

/** `outcome`: what was made (an id, or JSON); null while it is not known. */
export type StoredRequest = { fingerprint: string; outcome: string | null };

/** Keyed, so that what was said, such as a variable's value, can't be guessed from what is stored. */
function createFingerprint(secret: string, purpose: string): (parts: string[]) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, 'cyclorama', purpose, 32));
  return (parts) => createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

/** Under each secret; the first is the one to store. */
export type Fingerprints = readonly [string, ...string[]];

export function createFingerprints(
  [first, ...older]: Secrets,
  purpose: string,
): (parts: string[]) => Fingerprints {
  const current = createFingerprint(first, purpose);
  const others = older.map((secret) => createFingerprint(secret, purpose));
  return (parts) => [current(parts), ...others.map((each) => each(parts))];
}

/**
 * For calls without a ledger of their own: stores the key, calls, and keeps what `outcomeOf` says of the result (null:
 * it was refused). After a certain refusal the key is free again; after any other failure it stays, without an outcome.
 * @throws AppError `conflict` where a request with this key is stored already; nothing is called then.
 */
export type CallOnce = <T>(
  requestKey: RequestKey | null,
  call: () => Promise<T>,
  outcomeOf: (result: T) => string | null,
) => Promise<T>;
