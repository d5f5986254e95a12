import type { Role } from '../common.ts';

export type Person = { name: string; role: Role };

/** True when a person with role `held` may do what asks for `needed`. */
export function roleAllows(held: Role, needed: Role): boolean {
  const order: Role[] = ['viewer', 'operator', 'admin'];
  return order.indexOf(held) >= order.indexOf(needed);
}

/** Why a person with role `held` may not do what asks for `needed`, or null where they may. */
export function roleRefusal(held: Role, needed: Role): string | null {
  if (roleAllows(held, needed)) return null;
  if (held !== 'viewer') return 'Only admins can do this.';
  return `View-only access. ${needed === 'admin' ? 'Admins' : 'Operators'} can do this.`;
}

/**
 * Why a person may not act on what `owner` started here, or null where they may: only its owner and admins may. Neither
 * the scheduler nor rerobots knows people, so this is Cyclorama's own rule. `owner` is null where nobody here started it.
 */
export function ownerRefusal(owner: string | null, person: Person): string | null {
  if (person.role === 'admin' || (owner !== null && owner === person.name)) return null;
  if (owner === null) return 'Nobody booked this here. Only an admin can do this.';
  return `Only ${owner} or an admin can do this.`;
}

/** Why a person may not act on a claim, batch or booking, or null where they may. */
export function actorRefusal({ owner }: { owner: string | null }, person: Person): string | null {
  return roleRefusal(person.role, 'operator') ?? ownerRefusal(owner, person);
}
