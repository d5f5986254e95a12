import type { Role } from '../common.ts';

export type Person = { name: string; role: Role };

export function roleAllows(held: Role, needed: Role): boolean {
  const order: Role[] = ['viewer', 'operator', 'admin'];
  return order.indexOf(held) >= order.indexOf(needed);
}

export function roleRefusal(held: Role, needed: Role): string | null {
  if (roleAllows(held, needed)) return null;
  if (held !== 'viewer') return 'Only admins can do this.';
  return `View-only access. ${needed === 'admin' ? 'Admins' : 'Operators'} can do this.`;
}

/**
 * Only the owner and admins may act. Cyclorama's own rule: neither the scheduler nor rerobots knows people. `owner`
 * null: started elsewhere.
 */
export function ownerRefusal(owner: string | null, person: Person): string | null {
  if (person.role === 'admin' || (owner !== null && owner === person.name)) return null;
  if (owner === null) return 'Nobody booked this here. Only an admin can do this.';
  return `Only ${owner} or an admin can do this.`;
}

export function actorRefusal({ owner }: { owner: string | null }, person: Person): string | null {
  return roleRefusal(person.role, 'operator') ?? ownerRefusal(owner, person);
}
