import { createHmac, hkdfSync } from 'node:crypto';

/** Hexadecimal HMAC-SHA256 under a key derived from the session secret; whoever holds that can check it. */
export type SignRecord = (parts: readonly (string | number)[]) => string;

export function createRecordSignature(secret: string): SignRecord {
  const key = Buffer.from(hkdfSync('sha256', secret, 'cyclorama', 'record', 32));
  return (parts) => createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
}
