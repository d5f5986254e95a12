import { fetchedPart } from '../../../lib/fetched-part.ts';

/** For one booking. The private key stays in memory until it is saved. */
export type KeyPair = {
  /** One line, as in `id_ed25519.pub`; sent with the booking. */
  publicKey: string;
  /** "BEGIN OPENSSH PRIVATE KEY", without a passphrase. */
  privateKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  fileName: string;
};

/**
 * Ed25519 (RFC 8709) in OpenSSH's file format (PROTOCOL.key). @param seed 32 random bytes: the private key itself
 * @param checkBytes 4 random bytes, by which the format notices a wrong passphrase
 */
export async function makeKeyPair(
  userName: string,
  seed: Uint8Array,
  checkBytes: Uint8Array,
): Promise<KeyPair> {
  // A chunk of its own: loaded only to make a pair.
  const { getKeys } = await fetchedPart(() => import('micro-key-producer/ssh.js'));
  const comment = `${userName.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@cyclorama`;
  const keys = getKeys(seed, comment, checkBytes);
  const tail = keys.fingerprint
    .replace(/^SHA256:/, '')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 8);
  return {
    publicKey: keys.publicKey.trim(),
    privateKey: keys.privateKey.endsWith('\n') ? keys.privateKey : `${keys.privateKey}\n`,
    fingerprint: keys.fingerprint,
    fileName: `cyclorama-${tail}.key`,
  };
}
