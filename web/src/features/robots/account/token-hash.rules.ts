/**
 * The SHA-256 of a token as 64 hexadecimal digits, made in this browser: the token itself is sent nowhere.
 *
 * @param subtle WebCrypto; a browser gives it only to pages served over HTTPS or from this very machine
 */
export async function tokenHash(token: string, subtle: Pick<SubtleCrypto, 'digest'>): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(token.trim()));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
