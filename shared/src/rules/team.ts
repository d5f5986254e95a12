import type { Role } from '../common.ts';
import type { TeamPerson } from '../team.ts';
import type { Person } from './roles.ts';
import { roleRefusal } from './roles.ts';

type Member = Pick<TeamPerson, 'name' | 'way' | 'role' | 'roleFrom'> & { isBlocked: boolean };

export const roleFromText: Record<TeamPerson['roleFrom'], string> = {
  'admin-users': 'set by ADMIN_USERS',
  'operator-users': 'set by OPERATOR_USERS',
  provider: 'set by the sign-in provider',
  team: 'set here',
  default: 'by default',
};

export function roleChangeRefusal(
  member: Member,
  person: Person,
  team: readonly Member[],
  role: Role,
): string | null {
  const why = roleRefusal(person.role, 'admin');
  if (why !== null) return why;
  if (member.roleFrom !== 'team' && member.roleFrom !== 'default') {
    return `The role is ${roleFromText[member.roleFrom]}. Change it there.`;
  }
  if (member.name !== person.name || role === 'admin') return null;
  const others = team.some(
    ({ name, role: held, isBlocked }) => name !== person.name && held === 'admin' && !isBlocked,
  );
  return others ? null : 'You are the last admin. Make somebody else one first.';
}

export function blockRefusal(member: Pick<Member, 'name' | 'way'>, person: Person): string | null {
  const why = roleRefusal(person.role, 'admin');
  if (why !== null) return why;
  if (member.name === person.name) return 'You can’t block yourself.';
  if (member.way === 'break-glass')
    return 'The break-glass admin can only be removed from the configuration.';
  return null;
}

/** The name of somebody who comes another way from now on, so that it is nobody's until then. */
export function freeNameRefusal(
  member: Pick<Member, 'name' | 'way' | 'roleFrom' | 'isBlocked'>,
  person: Person,
): string | null {
  const why = roleRefusal(person.role, 'admin');
  if (why !== null) return why;
  if (member.name === person.name) return 'You can’t free your own name.';
  if (member.way === 'break-glass')
    return 'The break-glass admin can only be removed from the configuration.';
  if (member.isBlocked) return 'Unblock them first: a freed name can sign in again.';
  if (member.roleFrom === 'admin-users' || member.roleFrom === 'operator-users') {
    return `The role is ${roleFromText[member.roleFrom]}, which keeps the name for the VPN account. Remove it there first.`;
  }
  return null;
}

/** Of a session or an access token. */
export function endRefusal(owner: string, person: Person): string | null {
  return owner === person.name ? null : roleRefusal(person.role, 'admin');
}
