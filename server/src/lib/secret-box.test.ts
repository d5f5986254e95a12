import { describe, expect, it } from 'vitest';

import { createSecretBox } from './secret-box.ts';

const secret = 'a'.repeat(32);

describe('a secret box', () => {
  it('opens what it sealed, also after a restart', () => {
    const sealed = createSecretBox(secret, 'claims').seal('tökén');
    expect(sealed).not.toContain('tökén');
    expect(createSecretBox(secret, 'claims').open(sealed)).toBe('tökén');
  });

  it('seals the same text differently each time', () => {
    const box = createSecretBox(secret, 'claims');
    expect(box.seal('x')).not.toBe(box.seal('x'));
  });

  it.each([
    ['another secret', createSecretBox('b'.repeat(32), 'claims')],
    ['another purpose', createSecretBox(secret, 'other')],
  ])('does not open with %s', (_what, other) => {
    const sealed = createSecretBox(secret, 'claims').seal('token');
    expect(() => other.open(sealed)).toThrow('can’t be opened');
  });

  it('notices a changed byte', () => {
    const box = createSecretBox(secret, 'claims');
    const bytes = Buffer.from(box.seal('token'), 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => box.open(bytes.toString('base64'))).toThrow('can’t be opened');
    expect(() => box.open('')).toThrow('can’t be opened');
  });
});
