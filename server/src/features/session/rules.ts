import type { Role } from '@cyclorama/shared/common.ts';
import type { PersonWay } from '@cyclorama/shared/session.ts';

import type { Identity } from '../../lib/person.ts';
import type { PersonRow } from '../../store/people.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A person at a browser signs in again within minutes; a script waits for its owner. */
export const SESSION_GRACE_MS = HOUR_MS;

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

export type RoleSettings = { admins: readonly string[]; operators: readonly string[] };
type RoleOrigin = Pick<PersonRow, 'way' | 'provider_role' | 'role'>;

/** The role of a person and what gives it, the strongest first. */
export function roleOf(
  name: string,
  row: RoleOrigin,
  { admins, operators }: RoleSettings,
): { role: Role; from: 'admin-users' | 'operator-users' | 'provider' | 'team' | 'default' } {
  if (row.way === 'vpn') {
    if (admins.includes(name)) return { role: 'admin', from: 'admin-users' };
    if (operators.includes(name)) return { role: 'operator', from: 'operator-users' };
  }
  if (row.provider_role !== null) return { role: row.provider_role, from: 'provider' };
  if (row.role !== null) return { role: row.role, from: 'team' };
  return { role: 'viewer', from: 'default' };
}

type Access = Pick<PersonRow, 'blocked_at' | 'gone_at' | 'confirmed_at' | 'unconfirmed_since'>;
export type AccessLimits = {
  /** How long a sign-in vouches for a person. */
  confirmWithinMs: number;
  /** How long access tokens go on after the VPN accounts changed. */
  tokenGraceMs: number;
};

/** Why a person has no access by session or by token, although each is in order; null: there is access. */
export type Lapse = 'blocked' | 'gone' | 'unconfirmed' | 'accounts-changed';

export function lapseOf(
  row: Access,
  by: 'session' | 'token',
  { now, confirmWithinMs, tokenGraceMs }: AccessLimits & { now: number },
): Lapse | null {
  if (row.blocked_at !== null) return 'blocked';
  if (row.gone_at !== null) return 'gone';
  if (row.confirmed_at + confirmWithinMs <= now) return 'unconfirmed';
  const grace = by === 'session' ? SESSION_GRACE_MS : tokenGraceMs;
  return row.unconfirmed_since !== null && row.unconfirmed_since + grace <= now ? 'accounts-changed' : null;
}

export function sessionLapseText(lapse: Lapse, { confirmWithinMs }: AccessLimits): string {
  const texts: Record<Lapse, string> = {
    blocked: 'An admin has blocked your access.',
    gone: 'The sign-in provider no longer knows your account.',
    unconfirmed: `Your last sign-in that confirmed your account was ${inDays(confirmWithinMs)} ago.`,
    'accounts-changed': 'The VPN accounts were changed, and you have not signed in since.',
  };
  return texts[lapse];
}

export function tokenLapseText(
  lapse: Lapse,
  owner: string,
  { confirmWithinMs }: AccessLimits,
): { message: string; hint: string } {
  const messages: Record<Lapse, string> = {
    blocked: `An admin has blocked ${owner}, who owns this access token.`,
    gone: `The sign-in provider no longer knows ${owner}, who owns this access token.`,
    unconfirmed: `${owner}, who owns this access token, has not signed in for ${inDays(confirmWithinMs)}.`,
    'accounts-changed': `The VPN accounts were changed, and ${owner}, who owns this access token, has not signed in since.`,
  };
  const hint =
    lapse === 'blocked'
      ? 'It works again when an admin unblocks the owner.'
      : 'It works again when the owner has signed in on the page.';
  return { message: messages[lapse], hint };
}

/** Of somebody else, after their name; null for who only has to sign in again. */
export function noAccessText(lapse: Lapse | null): string | null {
  if (lapse === 'blocked') return 'was blocked by an admin';
  return lapse === 'gone' ? 'is no longer known to the sign-in provider' : null;
}

function inDays(ms: number): string {
  const days = Math.round(ms / DAY_MS);
  return days === 1 ? 'a day' : `${days} days`;
}
