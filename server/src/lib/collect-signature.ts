import { createHmac, timingSafeEqual } from 'node:crypto';

/** The secret itself never travels, as reports may cross the environment's network by plain http. */
export const SIGNATURE_HEADER = 'x-collect-signature';

export function signatureOf(secret: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export function isSignedBy(secret: string, body: Uint8Array, signature: string): boolean {
  const expected = Buffer.from(signatureOf(secret, body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
