import { createFingerprints } from './idempotency.ts';
import type { Secrets } from './secret-box.ts';

export type RecordSignature = {
  /** HMAC-SHA256 as base64url; whoever holds the session secret can check it. */
  sign(parts: readonly (string | number)[]): string;
  /** True where it was made with one of the secrets. */
  isSigned(parts: readonly (string | number)[], signature: string): boolean;
};

export function createRecordSignature(secrets: Secrets): RecordSignature {
  const signatures = createFingerprints(secrets, 'record');
  return {
    sign: (parts) => signatures(parts.map(String))[0],
    isSigned: (parts, signature) => signatures(parts.map(String)).includes(signature),
  };
}
