/** SHA-256 as 64 hexadecimal digits. @param subtle WebCrypto; missing on plain-http pages other than localhost */
export async function tokenHash(token: string, subtle: Pick<SubtleCrypto, 'digest'>): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(token.trim()));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
