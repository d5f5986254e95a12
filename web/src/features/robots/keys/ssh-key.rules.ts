const keyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/**
 * What is wrong with a public key in OpenSSH's one-line format (`type base64 [comment]`), or null where it is good.
 * An empty key is good: rerobots then makes a pair itself. The blob must name the same type as the line does
 * (RFC 4253, section 6.6). The message never repeats the key, so that a private one pasted by mistake goes nowhere.
 */
export function publicKeyError(text: string): string | null {
  const line = text.trim();
  if (line === '') return null;
  if (line.includes('PRIVATE KEY')) {
    return 'Public key: this is a private key. Paste the .pub file instead';
  }
  if (/[\r\n]/.test(line)) return 'Public key: expected one line, such as the content of id_ed25519.pub';
  const [type = '', blob = ''] = line.split(/\s+/);
  if (!keyTypes.includes(type)) {
    return 'Public key: expected a line that starts with ssh-ed25519, ecdsa-sha2-… or ssh-rsa';
  }
  const inner = typeInBlob(blob);
  if (inner === null) return 'Public key: the key is cut short or not base64';
  return inner === type ? null : `Public key: the line says ${type}, but the key has another type`;
}

/** The type named at the head of the key blob: a length of four bytes, then that many characters, then the key. */
function typeInBlob(blob: string): string | null {
  let bytes: string;
  try {
    bytes = atob(blob);
  } catch {
    return null;
  }
  const length = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + bytes.charCodeAt(index), 0);
  const complete = bytes.length >= 4 && bytes.length > 4 + length + 32;
  return complete ? bytes.slice(4, 4 + length) : null;
}
