import type { PersonWay } from '@cyclorama/shared/session.ts';

import type { Identity } from '../../lib/person.ts';
import type { PersonRow } from '../../store/people.ts';

const belongsTo: Record<PersonWay, string> = {
  vpn: 'a VPN account',
  oidc: 'an account of the sign-in provider',
  'break-glass': 'the break-glass admin',
};

/** Why somebody who has proved to be `identity` may not have its name; `known` null: nobody has it yet. */
export function nameRefusal(
  identity: Identity,
  known: Pick<PersonRow, 'way' | 'subject'> | null,
  vpnNames: readonly string[],
): string | null {
  const { name, way, subject = null } = identity;
  if (way === 'passkey') return known === null ? 'This passkey belongs to nobody here any more.' : null;
  if (known !== null) {
    if (known.way === way && known.subject === subject) return null;
    const who = known.way === way ? 'another account' : belongsTo[known.way];
    return `The name “${name}” belongs to ${who} here.`;
  }
  if (way !== 'vpn' && vpnNames.includes(name)) return `The name “${name}” belongs to ${belongsTo.vpn} here.`;
  return null;
}
