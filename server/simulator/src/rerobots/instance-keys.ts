import type { SshKeyPair } from './keys.ts';
import { rsaKeyPair, sshKeyPair } from './keys.ts';
import type { World } from './world.ts';

/**
 * The pair rerobots makes for an instance, whether or not its user gave a public key. Documented: RSA, as the official
 * Python client reads the key of POST /new with `paramiko.RSAKey` and no other. Made when first asked for, since RSA
 * takes a tenth of a second.
 */
export function instanceKeyPair({ profile, random, keyPairs }: World, instanceId: string): SshKeyPair {
  const comment = 'root@rerobots';
  const pair =
    keyPairs.get(instanceId) ??
    (profile === 'documented' ? rsaKeyPair(comment) : sshKeyPair(random.fork(`keys ${instanceId}`), comment));
  keyPairs.set(instanceId, pair);
  return pair;
}
