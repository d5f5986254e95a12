import { createHmac, hkdfSync } from 'node:crypto';

/**
 * What is told of a name that was typed and refused: it may be a password in the wrong field. A fingerprint under a key
 * of this dashboard shows that two of them were the same.
 */
export function createTypedNames(
  secret: string,
): (name: string) => { kind: 'typed-name'; id: string; name: string } {
  const key = Buffer.from(hkdfSync('sha256', secret, 'cyclorama', 'typed-names', 32));
  return (name) => {
    const print = createHmac('sha256', key).update(name).digest('hex').slice(0, 12);
    return { kind: 'typed-name', id: print, name: `Name ${print}` };
  };
}
