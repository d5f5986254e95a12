import { fetchedPart } from '../../../lib/fetched-part.ts';

/** A pair for one booking. The private half lives in the page's memory only, until it is saved. */
export type KeyPair = {
  /** One line, as in `id_ed25519.pub`: what the booking sends. */
  publicKey: string;
  /** OpenSSH's own format ("BEGIN OPENSSH PRIVATE KEY"), without a passphrase. */
  privateKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` shows it. */
  fingerprint: string;
  fileName: string;
};

/**
 * Makes an Ed25519 pair in this browser (RFC 8709; the file is what OpenSSH's PROTOCOL.key describes).
 *
 * @param seed 32 random bytes: the private key itself
 * @param checkBytes 4 random bytes, by which the format notices a wrong passphrase
 */
export async function makeKeyPair(
  userName: string,
  seed: Uint8Array,
  checkBytes: Uint8Array,
): Promise<KeyPair> {
  // Its own chunk: only who makes a pair pays for the curve.
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
