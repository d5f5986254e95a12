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
 * Checks OpenSSH's one-line format (`type base64 [comment]`); empty is valid: rerobots then makes a pair. The blob must
 * name the line's type (RFC 4253, section 6.6). The message never repeats the input, which may be a private key pasted
 * by mistake.
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

/** The blob begins with the type: a length of four bytes, then that many characters. */
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
