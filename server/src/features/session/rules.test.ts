import { describe, expect, it } from 'vitest';

import { nameRefusal } from './rules.ts';

const vpn = { way: 'vpn', subject: null } as const;
const oidc = { way: 'oidc', subject: 'https://id.example 7' } as const;

describe('a name', () => {
  it('belongs to the way and the subject it first signed in with', () => {
    expect(nameRefusal({ name: 'ada', way: 'vpn' }, vpn, [])).toBeNull();
    expect(nameRefusal({ name: 'ada', ...oidc }, oidc, [])).toBeNull();
    expect(nameRefusal({ name: 'ada', ...oidc }, vpn, [])).toBe(
      'The name “ada” belongs to a VPN account here.',
    );
    expect(nameRefusal({ name: 'ada', way: 'vpn' }, oidc, [])).toBe(
      'The name “ada” belongs to an account of the sign-in provider here.',
    );
    expect(nameRefusal({ name: 'ada', way: 'oidc', subject: 'https://id.example 8' }, oidc, [])).toBe(
      'The name “ada” belongs to another account here.',
    );
  });

  it('that the configuration names is a VPN account’s before that has ever signed in', () => {
    expect(nameRefusal({ name: 'ada', way: 'vpn' }, null, ['ada'])).toBeNull();
    expect(nameRefusal({ name: 'ada', ...oidc }, null, ['ada'])).toBe(
      'The name “ada” belongs to a VPN account here.',
    );
    expect(nameRefusal({ name: 'eve', ...oidc }, null, ['ada'])).toBeNull();
  });

  it('is opened by a passkey of the person, whatever its way', () => {
    expect(nameRefusal({ name: 'ada', way: 'passkey' }, oidc, [])).toBeNull();
    expect(nameRefusal({ name: 'ada', way: 'passkey' }, null, [])).toBe(
      'This passkey belongs to nobody here any more.',
    );
  });
});
